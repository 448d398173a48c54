import type { LatencyModel, Span } from './latency.ts'
import type { Service } from './names.ts'
import { createRandom, seedOf } from './random.ts'
import { dayMs, hourMs, minuteMs } from './units.ts'

/** What the past of an endpoint depends on. */
interface Setting {
  readonly service: Service
  readonly seed: number
  /** Endpoints in the fleet. */
  readonly count: number
  readonly firstAt: number
  readonly intervalMs: number
  readonly maintenance: readonly Span[]
  readonly now: number
  readonly flapping: boolean
}

/** Until so long before now, nothing is left to chance. */
const calmBeforeNowMs = 26 * hourMs

/** How often out of a hundred an endpoint has failed so many times in three months, from none upwards. */
const outageShares = [46, 29, 15, 7, 3]

/** The number of the share that falls to `at`, from 0 to below 100. */
function drawn(shares: readonly number[], at: number): number {
  let sum = 0
  const index = shares.findIndex((share) => {
    sum += share
    return at < sum
  })
  return Math.max(index, 0)
}

/** Mostly a check or two, at times a while, rarely most of an hour. */
function outageMs(intervalMs: number, random: () => number): number {
  const kind = random()
  if (kind < 0.45) return intervalMs * (1 + Math.floor(2 * random()))
  if (kind < 0.85) return (3 + 11 * random()) * minuteMs
  return (15 + 35 * random()) * minuteMs
}

function mishaps({ firstAt, intervalMs, now }: Setting, random: () => number): Span[] {
  const span = now - calmBeforeNowMs - firstAt
  const expected = drawn(outageShares, 100 * random())
  const fewer = Math.round((expected * span) / (90 * dayMs))
  return Array.from({ length: fewer }, () => {
    const startAt = firstAt + hourMs + random() * (span - hourMs)
    return { startAt, endAt: startAt + outageMs(intervalMs, random) }
  })
}

/** Once a group failed together, a moment apart. */
function shared({ service, seed, firstAt, now }: Setting, random: () => number): Span[] {
  const group = createRandom(seedOf(`${seed} ${service.group}`))
  if (service.group !== 'Payments' && (service.group === 'Core' || group() < 0.6)) return []
  const days = 4 + Math.floor(70 * group())
  const startAt = Math.floor(now / dayMs - days) * dayMs + (8 + 10 * group()) * hourMs + 3 * minuteMs * random()
  const lasts = (9 + 16 * group() + 2 * random()) * minuteMs
  const spared = random() < 0.5
  return spared || startAt < firstAt + hourMs ? [] : [{ startAt, endAt: startAt + lasts }]
}

const longOutage = { name: 'refunds', daysAgo: 31, hour: 3, minute: 18, lastsMs: 4 * hourMs + 22 * minuteMs }

function long({ service, firstAt, now }: Setting): Span[] {
  if (service.name !== longOutage.name) return []
  const startAt =
    (Math.floor(now / dayMs) - longOutage.daysAgo) * dayMs + longOutage.hour * hourMs + longOutage.minute * minuteMs
  return startAt < firstAt ? [] : [{ startAt, endAt: startAt + longOutage.lastsMs }]
}

/** Work on databases goes wrong now and then: a part of every fifth window or so. */
const brokenWork = ({ service, maintenance, now }: Setting, random: () => number): Span[] =>
  maintenance
    .filter(({ endAt }) => service.group === 'Data' && endAt < now - calmBeforeNowMs && random() < 0.2)
    .map(({ startAt }) => ({ startAt: startAt + 6 * minuteMs, endAt: startAt + (12 + 20 * random()) * minuteMs }))

/** Short failures again and again since this morning; with many endpoints, one or two for some others. */
function unrest({ count, now, intervalMs, flapping }: Setting, random: () => number): Span[] {
  const times = flapping ? 9 : count >= 60 && random() < 0.02 ? 1 + Math.floor(2 * random()) : 0
  return Array.from({ length: times }, () => {
    const startAt = now - (0.6 + 8 * random()) * hourMs
    return { startAt, endAt: startAt + intervalMs * (1 + Math.floor(3 * random())) }
  })
}

/** When it failed until now, in any order. */
export const outagesOf = (setting: Setting, random: () => number): readonly Span[] => [
  ...mishaps(setting, random),
  ...shared(setting, random),
  ...long(setting),
  ...brokenWork(setting, random),
  ...unrest(setting, random),
]

/** In order, without those that come too close to the one before. */
export function spansOf(spans: readonly Span[], intervalMs: number): readonly Span[] {
  const kept: Span[] = []
  for (const span of spans.toSorted((a, b) => a.startAt - b.startAt)) {
    const before = kept.at(-1)
    if (before === undefined || span.startAt >= before.endAt + 2 * intervalMs) kept.push(span)
  }
  return kept
}

/** When it was slow: now and then for hours, and one of them right now. */
export function spellsOf(slowNow: boolean, firstAt: number, now: number, random: () => number): LatencyModel['spells'] {
  const times = Math.floor(3.4 * random() ** 1.5)
  const past = Array.from({ length: times }, () => {
    const startAt = firstAt + random() * (now - firstAt - 3 * hourMs)
    return { startAt, endAt: startAt + (0.7 + 4 * random() ** 2) * hourMs, factor: 1.7 + 1.6 * random() }
  })
  return slowNow ? [...past, { startAt: now - 40 * minuteMs, endAt: now + 365 * dayMs, factor: 3.2 }] : past
}
