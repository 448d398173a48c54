import { join } from 'node:path'
import type { Exchange } from '../../../apps/monitor/src/alerting/http.ts'
import type { Random } from '../../simulate/random.ts'
import { createRandom } from '../../simulate/random.ts'
import { fakeClock } from '../../support/fake-clock.ts'
import { configOf, temporaryFolder } from '../../support/monitor.ts'
import type { Complaints, Findings, Scenario, ScenarioOptions } from '../scenario.ts'
import { createComplaints } from '../scenario.ts'
import type { StoredNotice } from '../stored.ts'
import { readStored } from '../stored.ts'
import { liveFor } from '../virtual-monitor.ts'

const minuteMs = 60_000
const endpoints = 40
const outage = { from: 10 * minuteMs, to: 70 * minuteMs }
/** The longest wait between two attempts, and some. */
const endAt = outage.to + 20 * minuteMs
const meanLifeMs = 6 * minuteMs

const alert = { type: 'webhook', 'failure-threshold': 2, 'success-threshold': 2, 'send-on-resolved': true }

const config = () =>
  configOf(
    JSON.stringify({
      alerting: { webhook: { url: 'http://127.0.0.1:9/' } },
      endpoints: Array.from({ length: endpoints }, (_, index) => ({
        name: `${index}`,
        url: 'http://127.0.0.1:9/',
        interval: '30s',
        conditions: ['[STATUS] == 200'],
        alerts: [alert],
      })),
    }),
  )

interface Downtime {
  readonly from: number
  readonly to: number
}

/** When an endpoint is down, in milliseconds since the start: long enough for its alert, and not at the end. */
function downtimesOf(random: Random): readonly Downtime[] {
  const downtimes: Downtime[] = []
  for (let at = random.between(1, 15) * minuteMs; ; ) {
    const to = at + random.between(3, 12) * minuteMs
    if (to > outage.to + 3 * minuteMs) return downtimes
    downtimes.push({ from: at, to })
    at = to + random.between(3, 12) * minuteMs
  }
}

/** Ids of the notices that arrived, by endpoint, in the order in which they did so first. */
type Arrivals = Map<string, string[]>

interface Hour {
  readonly lives: number
  readonly attempts: number
  readonly repeated: number
  readonly arrivals: Arrivals
  readonly downtimes: readonly (readonly Downtime[])[]
  readonly notices: readonly StoredNotice[]
}

/** Lives through one outage. */
async function liveThrough(seed: number): Promise<Hour> {
  const random = createRandom(seed)
  using folder = temporaryFolder()
  const database = join(folder.path, 'data.db')
  const clock = fakeClock()
  const downtimes = Array.from({ length: endpoints }, () => downtimesOf(random))
  const arrivals: Arrivals = new Map()
  let [lives, attempts, repeated] = [0, 0, 0]

  const exchange: Exchange = async ({ body }) => {
    attempts += 1
    const now = clock.monotonic()
    if (now >= outage.from && now < outage.to) {
      if (random.chance(0.5)) throw new Error('connect ECONNREFUSED')
      return { status: 503, retryAfter: undefined, opening: '', truncated: false }
    }
    const { id, endpoint }: { id: string; endpoint: { key: string } } = JSON.parse(body ?? '')
    const known = arrivals.get(endpoint.key) ?? []
    if (known.includes(id)) repeated += 1
    else arrivals.set(endpoint.key, [...known, id])
    return { status: 200, retryAfter: undefined, opening: '', truncated: false }
  }
  const isDown = (key: string) => {
    const now = clock.monotonic()
    return downtimes[Number(key.slice(1))]?.some(({ from, to }) => from <= now && now < to) ?? false
  }

  while (clock.monotonic() < endAt) {
    const leftMs = endAt - clock.monotonic()
    const wantedMs = random.wait(meanLifeMs)
    const lifeMs = leftMs - wantedMs < minuteMs ? leftMs : wantedMs
    await liveFor(lifeMs, { config: config(), database, clock, isDown, exchange, random: () => random.next() })
    lives += 1
  }
  return { lives, attempts, repeated, arrivals, downtimes, notices: readStored(database).notices }
}

/** Two notices for each time an endpoint was down; all delivered, in the order they were written. */
function judge(seed: number, { notices, arrivals, downtimes }: Hour, lost: Complaints, wrong: Complaints): void {
  for (const { id, key, kind, state } of notices) {
    if (state !== 'delivered') lost.add(`seed ${seed}: ${key}: a ${kind} is ${state}`)
    if (arrivals.get(key)?.includes(id) !== true) lost.add(`seed ${seed}: ${key}: a ${kind} never arrived`)
  }
  for (const [index, times] of downtimes.entries()) {
    const key = `_${index}`
    const written = notices.filter((notice) => notice.key === key)
    const kinds = written.map(({ kind }) => kind).join(' ')
    if (kinds !== times.map(() => 'trigger resolve').join(' ')) {
      lost.add(`seed ${seed}: ${key}: was down ${times.length} times, and its notices are: ${kinds}`)
    }
    const inOrder = written.map(({ id }) => id).join() === (arrivals.get(key) ?? []).join()
    if (!inOrder) wrong.add(`seed ${seed}: ${key}: its notices arrived in another order`)
  }
}

async function run({ seed, rounds = 20, progress }: ScenarioOptions): Promise<Findings> {
  const lost = createComplaints()
  const wrong = createComplaints()
  let [kills, notices, attempts, repeated] = [0, 0, 0, 0]
  for (let round = 0; round < rounds; round += 1) {
    const hour = await liveThrough(seed + round)
    judge(seed + round, hour, lost, wrong)
    kills += hour.lives
    notices += hour.notices.length
    attempts += hour.attempts
    repeated += hour.repeated
    progress(`${round + 1} outages, ${kills} kills, ${notices} notices`)
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
