import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Exchange } from '../../../apps/monitor/src/alerting/http.ts'
import { createCore } from '../../../apps/monitor/src/core.ts'
import type { Clock } from '../../../apps/monitor/src/domain/ports.ts'
import type { Checker, OnResults } from '../../../apps/monitor/src/monitoring/checker/checker.ts'
import { openSqliteStore } from '../../../apps/monitor/src/storage/sqlite/index.ts'
import type { Random } from '../../simulate/random.ts'
import { createRandom } from '../../simulate/random.ts'
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts'
import { configOf, silentLog, temporaryFolder } from '../../support/monitor.ts'
import type { Findings, Scenario, ScenarioOptions } from '../scenario.ts'
import { createComplaints } from '../scenario.ts'
import { readStored } from '../stored.ts'

const minuteMs = 60_000
const endpoints = 40
const intervalSeconds = 30
const outage = { from: 10 * minuteMs, to: 70 * minuteMs }
/** The longest wait between two attempts, and some. */
const recoveryMs = 20 * minuteMs
const meanLifeMs = 6 * minuteMs

const migrationsFolder = fileURLToPath(new URL('../../apps/monitor/drizzle', import.meta.url))

/** When an endpoint is down, in milliseconds since the start: long enough for its alert, and not at the end. */
function downtimesOf(random: Random): readonly { from: number; to: number }[] {
  const downtimes: { from: number; to: number }[] = []
  for (let at = random.between(1, 15) * minuteMs; ; ) {
    const to = at + random.between(3, 12) * minuteMs
    if (to > outage.to + 3 * minuteMs) return downtimes
    downtimes.push({ from: at, to })
    at = to + random.between(3, 12) * minuteMs
  }
}

/** The clock of one process: nothing happens any more once that is dead. */
const clockOf = (clock: FakeClock, isDead: () => boolean): Clock => ({
  now: clock.now,
  monotonic: clock.monotonic,
  after: (ms, work) =>
    clock.after(ms, () => {
      if (!isDead()) work()
    }),
})

interface Arrival {
  readonly id: string
  readonly key: string
  readonly kind: string
}

async function run({ seed, rounds = 25, progress }: ScenarioOptions): Promise<Findings> {
  const lost = createComplaints()
  const wrong = createComplaints()
  let [kills, notices, attempts, repeated] = [0, 0, 0, 0]
  for (let round = 0; round < rounds; round += 1) {
    const random = createRandom(seed + round)
    const complain = (text: string) => wrong.add(`seed ${seed + round}: ${text}`)
    using folder = temporaryFolder()
    const path = join(folder.path, 'data.db')
    const clock = fakeClock()
    const startAt = clock.now()
    const downtimes = Array.from({ length: endpoints }, () => downtimesOf(random))
    const arrivals: Arrival[] = []
    let attemptsOfRound = 0

    const config = configOf(
      JSON.stringify({
        alerting: { webhook: { url: 'http://127.0.0.1:9/' } },
        endpoints: Array.from({ length: endpoints }, (_, index) => ({
          name: `${index}`,
          url: 'http://127.0.0.1:9/',
          interval: `${intervalSeconds}s`,
          conditions: ['[STATUS] == 200'],
          alerts: [{ type: 'webhook', 'failure-threshold': 2, 'success-threshold': 2, 'send-on-resolved': true }],
        })),
      }),
    )

    const createChecker = (life: Clock, onResults: OnResults): Checker => ({
      configure() {},
      check(key) {
        const elapsed = clock.monotonic()
        const down = downtimes[Number(key.slice(1))]?.some(({ from, to }) => from <= elapsed && elapsed < to) ?? false
        life.after(20, () =>
          onResults([
            {
              key,
              at: clock.now(),
              success: !down,
              durationMs: 20,
              connected: !down,
              errors: down ? ['down'] : [],
              conditions: [],
              maintenance: false,
            },
          ]),
        )
      },
      close: async () => {},
    })

    const exchangeOf = (isDead: () => boolean): Exchange => {
      return async ({ body }) => {
        const elapsed = clock.monotonic()
        attemptsOfRound += 1
        if (isDead()) return await new Promise<never>(() => {})
        if (elapsed >= outage.from && elapsed < outage.to) {
          if (random.chance(0.5)) throw new Error('connect ECONNREFUSED')
          return { status: 503, retryAfter: undefined, opening: '', truncated: false }
        }
        const notice: { id: string; kind: string; endpoint: { key: string } } = JSON.parse(body ?? '')
        arrivals.push({ id: notice.id, kind: notice.kind, key: notice.endpoint.key })
        return { status: 200, retryAfter: undefined, opening: '', truncated: false }
      }
    }

    /** One process, until it is killed after so long. */
    const live = async (forMs: number) => {
      let dead = false
      const isDead = () => dead
      const life = clockOf(clock, isDead)
      const store = await openSqliteStore({
        path,
        migrationsFolder,
        maximumNumberOfResults: 1_000,
        maximumNumberOfEvents: 1_000,
        log: silentLog,
        clock: life,
      })
      const core = createCore(config, {
        store,
        clock: life,
        log: silentLog,
        createChecker: ({ onResults }) => createChecker(life, (results) => void (dead || onResults(results))),
        sending: { exchange: exchangeOf(isDead), random: () => random.next() },
        onRecorded() {},
        onLag() {},
      })
      await core.restore()
      core.start()
      await clock.advance(forMs)
      dead = true
      // What it has not written is gone with it.
      await store.close()
    }

    const endAt = outage.to + recoveryMs
    while (clock.monotonic() < endAt) {
      const left = endAt - clock.monotonic()
      const lifeMs = Math.min(left, random.wait(meanLifeMs))
      await live(left - lifeMs < minuteMs ? left : lifeMs)
      kills += 1
    }

    const stored = readStored(path)
    attempts += attemptsOfRound
    notices += stored.notices.length
    const order = new Map<string, string[]>()
    for (const { id, key } of arrivals) {
      const ids = order.get(key) ?? []
      if (ids.includes(id)) repeated += 1
      else ids.push(id)
      order.set(key, ids)
    }
    for (const { id, key, kind, state } of stored.notices) {
      if (state !== 'delivered') lost.add(`seed ${seed + round}: ${key}: a ${kind} is ${state}`)
      if (!order.get(key)?.includes(id)) lost.add(`seed ${seed + round}: ${key}: a ${kind} never arrived`)
    }
    for (const [index, expected] of downtimes.entries()) {
      const key = `_${index}`
      const written = stored.notices.filter((notice) => notice.key === key)
      const kinds = written.map(({ kind }) => kind).join(' ')
      if (kinds !== expected.map(() => 'trigger resolve').join(' ')) {
        lost.add(`seed ${seed + round}: ${key}: was down ${expected.length} times, and the notices are ${kinds}`)
      }
      if (written.map(({ id }) => id).join() !== (order.get(key) ?? []).join()) complain(`${key}: arrived out of order`)
    }
    progress(`seed ${seed + round}: ${stored.notices.length} notices, ${kills} kills, from ${startAt}`)
  }
  return {
    tried: [
      [rounds, 'outages of an hour'],
      [kills, 'kills'],
      [notices, 'notices'],
      [attempts, 'attempts'],
    ],
    lost,
    wrong,
    figures: { 'notices repeated': repeated },
  }
}

export const outageOfProvider: Scenario = {
  name: 'outage',
  about: 'a provider is away for an hour of virtual time, with kills: every notice arrives, in order',
  limitSeconds: 300,
  run,
}
