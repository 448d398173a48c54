import type { Clock } from '../../apps/monitor/src/domain/ports.ts'
import type { World } from './world.ts'

/** One run of the monitor, from its start until it ends or is killed. */
export interface Process {
  readonly clock: Clock
  isDead(): boolean
  /** Nothing of it happens any more. */
  kill(why: string): void
  /** Kills it at one of the next steps it takes outside itself: of the store, or of a provider. */
  killSoon(steps: number, after: boolean): void
  /** Takes back what `killSoon` said. */
  spare(): void
  /** To be asked before and after each such step; when it answers true, the process is dead. */
  killedBefore(step: string): boolean
  killedAfter(step: string): boolean
}

export function createProcess(world: World, onKilled: () => void): Process {
  let dead = false
  let armed: { steps: number; after: boolean } | undefined

  const kill = (why: string) => {
    if (dead) return
    dead = true
    world.note(() => `killed ${why}`)
    onKilled()
  }

  return {
    clock: world.clock.forProcess(() => dead),
    isDead: () => dead,
    kill,
    killSoon(steps, after) {
      armed = { steps, after }
    },
    spare() {
      armed = undefined
    },
    killedBefore(step) {
      if (armed !== undefined && armed.steps-- <= 0 && !armed.after) kill(`before ${step}`)
      return dead
    },
    killedAfter(step) {
      if (armed !== undefined && armed.steps < 0 && armed.after) kill(`after ${step}`)
      return dead
    },
  }
}

/** What a dead process waits for. */
export const never = () => new Promise<never>(() => {})
