import type { Answer, Exchange } from '../../apps/monitor/src/alerting/http.ts'
import type { Sent } from './configuration.ts'
import { providerTypes } from './configuration.ts'
import type { NoticeLedger } from './notice-ledger.ts'
import type { Process } from './process.ts'
import { never } from './process.ts'
import type { Spells } from './weather.ts'
import { createSpells } from './weather.ts'
import type { World } from './world.ts'

/** Where notices go. What goes wrong is with the service, so it stays the same whoever sends. */
export interface Providers {
  exchangeFor(process: Process): Exchange
  /** All of them work from now on. */
  heal(): void
}

const troubles = ['refuses', 'is busy', 'limits', 'hangs', 'takes it and hangs', 'is away'] as const

const answer = (status: number, retryAfter?: string): Answer => ({ status, retryAfter, opening: '', truncated: false })

export function createProviders(world: World, ledger: NoticeLedger): Providers {
  const { random, clock, weather } = world
  const services = new Map<string, Spells>(
    providerTypes.map((type) => [
      type,
      createSpells(random, weather.providerTroubleEveryMs, weather.providerTroubleMs, troubles),
    ]),
  )

  const answerOf = (process: Process, trouble: string | undefined, id: string): Answer | undefined => {
    switch (trouble) {
      case 'refuses':
        ledger.refused(id, !process.isDead())
        return answer(403)
      case 'is busy':
        return answer(503, random.chance(0.3) ? String(random.below(900)) : undefined)
      case 'limits':
        return answer(429, String(random.below(600)))
      case 'is away':
        throw new Error('connect ECONNREFUSED')
      case 'hangs':
        return undefined
      case 'takes it and hangs':
        ledger.arrived(id, false)
        return undefined
      default:
        ledger.arrived(id, !process.isDead())
        return answer(200)
    }
  }

  return {
    heal() {
      for (const service of services.values()) service.end()
    },
    exchangeFor:
      (process) =>
      (request, { signal }) => {
        world.stir()
        // Several may be about to go out when one of them is the last thing that its process does.
        if (process.isDead()) return never()
        const service = services.get(new URL(request.url).hostname.split('.')[0] ?? '')
        const sent: Sent = JSON.parse(request.body ?? '')
        const { id } = sent
        ledger.sent(sent)
        if (process.killedBefore('a request')) return never()
        const aborted = new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => {
            world.stir()
            ledger.cutOff(id)
            reject(signal.reason)
          })
        })
        const answered = new Promise<Answer>((resolve, reject) => {
          // The request is on its way, so that it arrives even if its sender does not live to see that.
          clock.after(random.between(5, 800), () => {
            world.stir()
            if (signal.aborted) return
            try {
              const given = answerOf(process, service?.trouble(clock.monotonic()), id)
              if (given === undefined || process.killedAfter('a request')) return
              resolve(given)
            } catch (error) {
              reject(error)
            }
          })
        })
        return Promise.race([answered, aborted])
      },
  }
}
