import type { Bucket, BucketAccumulator, Resolution } from '../apps/monitor/src/domain/bucket.ts'
import { bucketStart, createAccumulator, mergeBuckets, resolutionMs } from '../apps/monitor/src/domain/bucket.ts'
import type { Event } from '../apps/monitor/src/domain/event.ts'
import { eventsOf } from '../apps/monitor/src/domain/event.ts'
import { mergeHistograms } from '../apps/monitor/src/domain/histogram.ts'
import type { BucketRecord } from '../apps/monitor/src/domain/ports.ts'
import type { Result } from '../apps/monitor/src/domain/result.ts'
import type { LatencyModel, Span } from './latency.ts'
import { levelAt, sampleFactor } from './latency.ts'
import { createRandom, mixed } from './random.ts'
import type { Templates, Timings } from './templates.ts'
import { createTemplates } from './templates.ts'
import { dayMs } from './units.ts'

/** How far back buckets reach; days reach back to the first check. */
export interface Reach {
  readonly fiveMinutesMs: number
  readonly hoursMs: number
}

/** As far as the monitor keeps them, unless told otherwise. */
export const fullReach: Reach = { fiveMinutesMs: 2 * dayMs, hoursMs: 90 * dayMs }

/** What a check says when it fails. */
export interface Failure {
  /** How long it takes to fail: as usual if absent, and then always the same. */
  readonly durationMs?: number
  readonly parts: ResultParts
}

export type ResultParts = Pick<Result, 'connected' | 'status' | 'errors' | 'conditions'>

export interface Outage extends Span {
  readonly failure: Failure
}

/** What happened to one endpoint, from which its whole history follows. */
export interface Story {
  readonly key: string
  readonly seed: number
  readonly intervalMs: number
  /** When it was added. */
  readonly firstAt: number
  readonly latency: LatencyModel
  /** Oldest first, none touching another, each long enough for a check. */
  readonly outages: readonly Outage[]
  /** Oldest first, none touching another. */
  readonly maintenance: readonly Span[]
  /** What a check says that succeeds. */
  readonly healthy: ResultParts & Pick<Result, 'hostname' | 'ip'>
  /** When its certificate ends, if it has one. */
  readonly certificateEndsAt?: number
}

export interface History {
  /** The first result ever, then at least as many of the newest as were asked for, oldest first. */
  readonly results: readonly Result[]
  readonly events: readonly Event[]
  /** Fine ones first. Each is what the finer ones in it add up to, as far as those reach. */
  readonly buckets: readonly BucketRecord[]
}

/** The numbers of the checks in a span: from `from` to before `to`. */
interface Turns {
  readonly from: number
  readonly to: number
}

const overlap = (a: Turns, b: Turns) => Math.max(Math.min(a.to, b.to) - Math.max(a.from, b.from), 0)

/** A story with its spans told in checks. */
interface Plot {
  readonly story: Story
  readonly templates: Templates
  readonly phaseMs: number
  readonly all: Turns
  readonly outages: readonly (Turns & { readonly failure: Failure })[]
  readonly maintenance: readonly Turns[]
}

function plotOf(story: Story, now: number, templates: Templates): Plot {
  const { seed, intervalMs, firstAt, outages, maintenance } = story
  const phaseMs = mixed(seed) % intervalMs
  const turnAt = (at: number) => Math.ceil((at - phaseMs) / intervalMs)
  const turns = ({ startAt, endAt }: Span) => ({ from: turnAt(startAt), to: turnAt(endAt) })
  return {
    story,
    templates,
    phaseMs,
    all: { from: turnAt(firstAt), to: turnAt(now) },
    outages: outages.map((outage) => ({ ...turns(outage), failure: outage.failure })),
    maintenance: maintenance.map(turns),
  }
}

const timeOf = ({ story, phaseMs }: Plot, turn: number) => turn * story.intervalMs + phaseMs

const turnsIn = ({ story, phaseMs, all }: Plot, startAt: number, endAt: number): Turns => ({
  from: Math.max(Math.ceil((startAt - phaseMs) / story.intervalMs), all.from),
  to: Math.min(Math.ceil((endAt - phaseMs) / story.intervalMs), all.to),
})

/** One check, as the recorder would have got it. */
function resultAt(plot: Plot, turn: number): Result {
  const { story, outages, maintenance } = plot
  const at = timeOf(plot, turn)
  const failure = outages.find(({ from, to }) => turn >= from && turn < to)?.failure
  const random = createRandom(mixed(story.seed ^ mixed(turn)))
  const usualMs = levelAt(story.latency, at) * sampleFactor(story.latency.spread, random)
  const durationMs = Math.round((failure?.durationMs ?? usualMs) * 1_000) / 1_000
  const { status } = failure?.parts ?? story.healthy
  return {
    key: story.key,
    at,
    ...story.healthy,
    ...failure?.parts,
    success: failure === undefined,
    durationMs,
    // The connection is kept, so that all of it is waiting.
    ...(status !== undefined && { phases: { firstByteMs: durationMs, downloadMs: 0.2 } }),
    maintenance: maintenance.some(({ from, to }) => turn >= from && turn < to),
    ...(story.certificateEndsAt !== undefined && { certificateExpirationMs: story.certificateEndsAt - at }),
  }
}

/** Response times of some checks in a row, those that failed among them. */
function timingsOf(plot: Plot, turns: Turns, failures: number, level: number): Timings {
  const { story, templates, outages } = plot
  const { spread } = story.latency
  const count = turns.to - turns.from
  const variant = mixed(story.seed ^ mixed(turns.from))
  if (failures === 0) return templates.timings(count, spread, level, variant)
  const parts: Timings[] = []
  for (const outage of outages) {
    const failed = overlap(turns, outage)
    if (failed === 0) continue
    const { durationMs } = outage.failure
    parts.push(templates.timings(failed, durationMs === undefined ? spread : 0, durationMs ?? level, variant))
  }
  if (failures < count) parts.push(templates.timings(count - failures, spread, level, variant))
  return {
    sumMs: parts.reduce((sum, { sumMs }) => sum + sumMs, 0),
    minMs: Math.min(...parts.map(({ minMs }) => minMs)),
    maxMs: Math.max(...parts.map(({ maxMs }) => maxMs)),
    histogram: mergeHistograms(parts.map(({ histogram }) => histogram)),
  }
}

/** How many of some checks are among others. */
function shared(turns: Turns, others: readonly Turns[]): number {
  let count = 0
  for (const other of others) count += overlap(turns, other)
  return count
}

/** How many of some checks failed under maintenance. */
function failuresInside(turns: Turns, { maintenance, outages }: Plot): number {
  let failures = 0
  for (const window of maintenance) {
    const inside = { from: Math.max(turns.from, window.from), to: Math.min(turns.to, window.to) }
    if (inside.from < inside.to) failures += shared(inside, outages)
  }
  return failures
}

/** The bucket from `startAt` to `endAt` without looking at its checks one by one; `undefined` when there are none. */
function roughBucket(plot: Plot, startAt: number, endAt: number): Bucket | undefined {
  const turns = turnsIn(plot, startAt, endAt)
  const count = turns.to - turns.from
  if (count <= 0) return undefined
  const failures = shared(turns, plot.outages)
  const maintenanceCount = shared(turns, plot.maintenance)
  const level = levelAt(plot.story.latency, (startAt + endAt) / 2)
  const { sumMs, minMs, maxMs, histogram } = timingsOf(plot, turns, failures, level)
  return {
    startAt,
    count,
    successes: count - failures,
    maintenanceCount,
    maintenanceSuccesses: maintenanceCount - (maintenanceCount > 0 ? failuresInside(turns, plot) : 0),
    sumMs,
    minMs,
    maxMs,
    histogram,
    throughAt: timeOf(plot, turns.to - 1),
  }
}

/** Sums up buckets, oldest first, into those of a coarser resolution. */
function coarser(buckets: readonly Bucket[], resolution: Resolution): Bucket[] {
  const groups = new Map<number, Bucket[]>()
  for (const bucket of buckets) {
    const startAt = bucketStart(bucket.startAt, resolution)
    const group = groups.get(startAt)
    if (group === undefined) groups.set(startAt, [bucket])
    else group.push(bucket)
  }
  return [...groups].map(([startAt, group]) => mergeBuckets(group, startAt))
}

function roughBuckets(plot: Plot, from: number, to: number, resolution: Resolution): Bucket[] {
  const lengthMs = resolutionMs[resolution]
  const buckets: Bucket[] = []
  for (let startAt = from; startAt < to; startAt += lengthMs) {
    const bucket = roughBucket(plot, startAt, startAt + lengthMs)
    if (bucket !== undefined) buckets.push(bucket)
  }
  return buckets
}

/** The 5-minute buckets of these results, which fill whole ones. */
function exactBuckets(results: readonly Result[]): Bucket[] {
  const open = new Map<number, BucketAccumulator>()
  for (const result of results) {
    const startAt = bucketStart(result.at, '5m')
    const accumulator = open.get(startAt) ?? createAccumulator(startAt)
    open.set(startAt, accumulator)
    accumulator.add(result)
  }
  return [...open.values()].map((accumulator) => accumulator.bucket())
}

/** The turns on which it becomes unhealthy or healthy, with the first one before them. */
function changes({ all, outages }: Plot): readonly number[] {
  const turns = outages.flatMap(({ from, to }) => [from, to]).filter((turn) => turn > all.from && turn < all.to)
  return [all.from, ...turns]
}

function eventsIn(plot: Plot): readonly Event[] {
  let previous: boolean | undefined
  return changes(plot).flatMap((turn) => {
    const result = resultAt(plot, turn)
    const events = eventsOf(result, previous)
    previous = result.success
    return events
  })
}

interface Wanted {
  /** How many raw results. */
  readonly recent?: number
  readonly reach?: Reach
  /** Shared by many endpoints, they make it cheap. */
  readonly templates?: Templates
}

/**
 * What the store would hold of an endpoint at `now`, had its story been watched all the time. The same for the same
 * arguments.
 */
export function historyOf(
  story: Story,
  now: number,
  { recent = 100, reach = fullReach, templates = createTemplates() }: Wanted = {},
): History {
  const plot = plotOf(story, now, templates)
  const { from, to } = plot.all
  if (from >= to) return { results: [], events: [], buckets: [] }

  // Every resolution begins with a bucket of the coarser one, so that those are just what the finer ones add up to.
  const { firstAt, key } = story
  const exactFrom = bucketStart(timeOf(plot, Math.max(to - recent, from)), '5m')
  const fineFrom = bucketStart(Math.min(Math.max(now - reach.fiveMinutesMs, firstAt), exactFrom), '1h')
  const hoursFrom = bucketStart(Math.min(Math.max(now - reach.hoursMs, firstAt), fineFrom), '1d')
  const turns = turnsIn(plot, exactFrom, now)
  const results = Array.from({ length: turns.to - turns.from }, (_, i) => resultAt(plot, turns.from + i))
  const fine = [...roughBuckets(plot, fineFrom, exactFrom, '5m'), ...exactBuckets(results)]
  const hours = [...roughBuckets(plot, hoursFrom, fineFrom, '1h'), ...coarser(fine, '1h')]
  const days = [...roughBuckets(plot, bucketStart(firstAt, '1d'), hoursFrom, '1d'), ...coarser(hours, '1d')]
  const record = (resolution: Resolution) => (bucket: Bucket) => ({ key, resolution, bucket })
  return {
    results: turns.from === from ? results : [resultAt(plot, from), ...results],
    events: eventsIn(plot),
    buckets: [...fine.map(record('5m')), ...hours.map(record('1h')), ...days.map(record('1d'))],
  }
}
