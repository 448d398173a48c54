import type { Clock } from '../domain/ports.ts'
import { Heap } from '../lib/heap.ts'

/** First checks are spread over at most this long, and over less where there are few of them. */
const longestSpreadMs = 10_000
const spreadPerEndpointMs = 20

/**
 * Turns that fall due within this time of each other are taken together, or within this share of the shortest interval:
 * one wake-up, one message to the checker. At a thousand checks a second, waking is most of what they cost.
 */
const coarsestGrainMs = 20
const grainShare = 0.1

/** While checks wait for a place, those that are lost are looked for this often. */
const lostCheckMs = 1_000

export interface Scheduled {
  readonly key: string
  readonly intervalMs: number
  /** A check that has not ended after this long never will: its endpoint takes turns again. */
  readonly longestCheckMs: number
}

export interface ScheduleCounters {
  /** Turns taken since the start. */
  readonly taken: number
  /** Turns missed because the check before was still running or waiting. */
  readonly skipped: number
  readonly running: number
  readonly waiting: number
}

export interface Schedule {
  /** Replaces what is scheduled; what stays the same keeps its turns. */
  configure(scheduled: readonly Scheduled[], concurrency: number): void
  start(): void
  /** To be called when the check of `key` has ended. */
  done(key: string): void
  /** Takes no further turns. */
  stop(): void
  counters(): ScheduleCounters
}

interface Turn extends Scheduled {
  /** Place of the next turn on the endpoint's fixed grid. */
  nextAt: number
  /** When the turn being taken fell due. */
  dueAt: number
  startedAt: number
  /** `waiting` for a free slot, `running` in the checker. */
  state: 'idle' | 'waiting' | 'running'
  removed: boolean
}

/**
 * When each endpoint is checked: at a fixed rate on a monotonic clock, never twice at once, at most `concurrency`
 * at the same time (0: no limit), in the order in which they fell due.
 */
export function createSchedule(outside: {
  readonly clock: Clock
  readonly check: (key: string) => void
  /** How late a turn was taken, in milliseconds; waiting for a slot included. */
  readonly onLag: (lagMs: number) => void
}): Schedule {
  const { clock, check, onLag } = outside
  const turns = new Map<string, Turn>()
  const due = new Heap<Turn>()
  const waiting = new Heap<Turn>()
  let limit = 0
  let grainMs = coarsestGrainMs
  let running = 0
  let taken = 0
  let skipped = 0
  let started = false
  let lostCheckedAt = 0
  let cancelTimer = () => {}

  const hasRoom = () => limit === 0 || running < limit

  const run = (turn: Turn, now: number) => {
    turn.state = 'running'
    turn.startedAt = now
    running += 1
    taken += 1
    onLag(Math.max(now - turn.dueAt, 0))
    check(turn.key)
  }

  const end = (turn: Turn) => {
    if (turn.state === 'running') running -= 1
    turn.state = 'idle'
  }

  /** Checks that are lost give their places back, to whoever waits for one. */
  const endLost = (now: number) => {
    for (const turn of turns.values()) {
      if (turn.state === 'running' && now - turn.startedAt > turn.longestCheckMs) end(turn)
    }
    fillSlots()
  }

  const takeTurn = (turn: Turn, dueAt: number, now: number) => {
    if (turn.state === 'running' && now - turn.startedAt > turn.longestCheckMs) end(turn)
    if (turn.state !== 'idle') {
      skipped += 1
      return
    }
    turn.dueAt = dueAt
    if (hasRoom()) return run(turn, now)
    turn.state = 'waiting'
    waiting.push(dueAt, turn)
  }

  /** Moves to the next turn that lies ahead; those passed over (the machine slept) count as missed. */
  const moveOn = (turn: Turn, now: number) => {
    const missed = Math.max(Math.floor((now - turn.nextAt) / turn.intervalMs), 0)
    skipped += missed
    turn.nextAt += (missed + 1) * turn.intervalMs
    due.push(turn.nextAt, turn)
  }

  const wake = () => {
    const now = clock.monotonic()
    if (waiting.size > 0 && now - lostCheckedAt >= lostCheckMs) {
      lostCheckedAt = now
      endLost(now)
    }
    while ((due.nextRank ?? Infinity) <= now) {
      const turn = due.pop()
      if (turn === undefined || turn.removed) continue
      takeTurn(turn, turn.nextAt, now)
      moveOn(turn, now)
    }
    arm()
  }

  const arm = () => {
    cancelTimer()
    const next = due.nextRank
    if (!started || next === undefined) return
    cancelTimer = clock.after(Math.max(next - clock.monotonic(), grainMs), wake)
  }

  const fillSlots = () => {
    while (started && waiting.size > 0 && hasRoom()) {
      const next = waiting.pop()
      if (next !== undefined && !next.removed) run(next, clock.monotonic())
    }
  }

  const remove = (turn: Turn) => {
    turn.removed = true
    turns.delete(turn.key)
  }

  const add = (scheduled: Scheduled, nextAt: number, before: Turn | undefined) => {
    const running = before?.state === 'running'
    const startedAt = before?.startedAt ?? nextAt
    const state = running ? 'running' : 'idle'
    const turn: Turn = { ...scheduled, nextAt, dueAt: nextAt, startedAt, state, removed: false }
    turns.set(turn.key, turn)
    due.push(nextAt, turn)
  }

  const same = (turn: Turn, wanted: Scheduled | undefined) =>
    wanted?.intervalMs === turn.intervalMs && wanted.longestCheckMs === turn.longestCheckMs

  return {
    configure(scheduled, concurrency) {
      limit = Math.max(concurrency, 0)
      grainMs = scheduled.reduce((least, { intervalMs }) => Math.min(least, intervalMs * grainShare), coarsestGrainMs)
      const now = clock.monotonic()
      const before = new Map(turns)
      const wanted = new Map(scheduled.map((entry) => [entry.key, entry]))
      for (const turn of before.values()) {
        if (same(turn, wanted.get(turn.key))) continue
        remove(turn)
        if (!wanted.has(turn.key)) end(turn)
      }
      const added = [...wanted.values()].filter(({ key }) => !turns.has(key))
      for (const [index, entry] of added.entries()) {
        const spreadMs = Math.min(entry.intervalMs, longestSpreadMs, added.length * spreadPerEndpointMs)
        add(entry, now + (spreadMs * index) / added.length, before.get(entry.key))
      }
      fillSlots()
      arm()
    },
    start() {
      started = true
      arm()
    },
    done(key) {
      const turn = turns.get(key)
      if (turn?.state === 'running') end(turn)
      fillSlots()
    },
    stop() {
      started = false
      cancelTimer()
    },
    counters: () => ({ taken, skipped, running, waiting: waiting.size }),
  }
}
