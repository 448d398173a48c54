import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { own } from './children.ts'
import type { Answers, FromTarget, TargetSettings, ToTarget } from './target-messages.ts'

export interface TargetProcess extends Disposable {
  readonly port: number
  /** All endpoints are up from now on, but for one beside them that goes up and down. */
  calm(): void
  /** That one is up as well. */
  rest(): void
  /** Answers given since this was last asked for, once nobody is connected any more. */
  drain(): Promise<Answers>
}

/** Starts the endpoints that are watched. */
export async function startTarget(settings: TargetSettings): Promise<TargetProcess> {
  const program = fileURLToPath(new URL('target.js', import.meta.url))
  const child = own(fork(program, [JSON.stringify(settings)], { serialization: 'advanced' }))
  const next = () =>
    new Promise<FromTarget>((resolve) => child.once('message', (message: FromTarget) => resolve(message)))
  const send = (message: ToTarget) => child.send(message)
  const listening = await next()
  return {
    port: listening.type === 'listening' ? listening.port : 0,
    calm: () => void send('calm'),
    rest: () => void send('rest'),
    async drain() {
      const answer = next()
      send('drain')
      const message = await answer
      if (message.type !== 'answers') throw new Error('the target answered something else')
      return message.answers
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  }
}
