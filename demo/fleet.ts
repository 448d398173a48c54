import { endpointKey } from '../apps/monitor/src/domain/endpoint.ts'
import type { Weekday } from '../apps/monitor/src/domain/maintenance.ts'
import type { Check, Trouble } from './checks.ts'
import { checkOf, failureOf, healthyParts } from './checks.ts'
import type { Story } from './history.ts'
import type { Span } from './latency.ts'
import type { Service } from './names.ts'
import { services } from './names.ts'
import { outagesOf, spansOf, spellsOf } from './past.ts'
import { createRandom, pick, seedOf } from './random.ts'
import { dayMs, hourMs, minuteMs } from './units.ts'

/** A window of maintenance every week, in UTC. */
export interface WeeklyWindow {
  readonly weekday: Weekday
  readonly startMinute: number
  readonly durationMs: number
}

/** How an endpoint behaves while the demo runs. */
export type Present = 'well' | 'down' | 'flapping'

export interface DemoEndpoint {
  readonly name: string
  readonly group: string
  readonly key: string
  readonly host: string
  readonly check: Check
  readonly intervalMs: number
  readonly window?: WeeklyWindow
  readonly present: Present
  /** What is wrong with it whenever something is. */
  readonly trouble: Trouble
  readonly story: Story
}

/** So many endpoints must be there for the first one to be down, and for more to be. */
const oneDownFrom = 60
const threeDownFrom = 400

/** Down since so many minutes, by name, and how. */
const downNow: readonly { name: string; minutes: number; trouble: Trouble; from: number }[] = [
  { name: 'card-api', minutes: 12, trouble: 'unavailable', from: oneDownFrom },
  { name: 'refunds', minutes: 11, trouble: 'unavailable', from: threeDownFrom },
  { name: 'edge-fra-2', minutes: 3, trouble: 'silent', from: threeDownFrom },
]

const flappingName = 'thumbnails'
const slowName = 'query-api'
const youngName = 'invoices'
const youngDays = 12

/** Those that something happens to have been there all the time. */
const known: readonly string[] = [...downNow.map(({ name }) => name), flappingName, slowName]

/** Ends so soon that one has to act. */
const shortCertificateName = 'Account'
const shortCertificateDays = 9

const hostOf = (name: string) =>
  name === 'Website' ? 'www.acme.example' : `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.acme.example`

function intervalOf({ group, name, kind }: Service): number {
  if (group === 'Internal tools') return minuteMs
  return group === 'Core' || kind === 'rpc' || name === flappingName ? 10_000 : 30_000
}

/** Databases are worked on at night; with many endpoints, media are being worked on right now. */
function windowOf({ group }: Service, count: number, now: number): WeeklyWindow | undefined {
  if (group === 'Data') return { weekday: 'Sunday', startMinute: 2 * 60, durationMs: 45 * minuteMs }
  if (group !== 'Media' || count < threeDownFrom) return undefined
  const startAt = Math.floor((now - 40 * minuteMs) / (15 * minuteMs)) * 15 * minuteMs
  return { weekday: weekdayOf(startAt), startMinute: (startAt % dayMs) / minuteMs, durationMs: 2 * hourMs }
}

const byNumber = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

const weekdayOf = (at: number): Weekday => byNumber[(Math.floor(at / dayMs) + 4) % 7] ?? 'Sunday'

/** Every opening of a window from before `from` to after `now`. */
function openings(window: WeeklyWindow | undefined, from: number, now: number): Span[] {
  if (window === undefined) return []
  const spans: Span[] = []
  for (let day = Math.floor(from / dayMs); day * dayMs <= now + dayMs; day += 1) {
    if (weekdayOf(day * dayMs) !== window.weekday) continue
    const startAt = day * dayMs + window.startMinute * minuteMs
    spans.push({ startAt, endAt: startAt + window.durationMs })
  }
  return spans
}

function firstAtOf({ name }: Service, count: number, now: number, random: () => number): number {
  // The first of the ninety days that the page shows.
  const oldest = (Math.floor(now / dayMs) - 89) * dayMs
  const others = count > 100 && random() < 0.02 && !known.includes(name) ? Math.ceil(5 + 50 * random()) : undefined
  const days = name === youngName ? youngDays : others
  return days === undefined ? oldest : now - days * dayMs + Math.floor(random() * 8) * hourMs
}

function endpointOf(service: Service, count: number, seed: number, now: number): DemoEndpoint {
  const { group, name, kind, baseMs } = service
  const key = endpointKey(group, name)
  const own = seedOf(`${seed} ${key}`)
  const random = createRandom(own)
  const host = hostOf(name)
  const check = checkOf(kind, host, baseMs)
  const intervalMs = intervalOf(service)
  const down = downNow.find((one) => one.name === name && count >= one.from)
  const flapping = name === flappingName && count >= oneDownFrom
  const trouble = down?.trouble ?? (flapping ? 'unavailable' : pick(['unavailable', 'unavailable', 'silent'], random))
  const firstAt = firstAtOf(service, count, now, random)
  const window = windowOf(service, count, now)
  const maintenance = openings(window, firstAt, now)
  const past = outagesOf({ service, seed, count, firstAt, intervalMs, maintenance, now, flapping }, random)
  const ongoing = down === undefined ? [] : [{ startAt: now - down.minutes * minuteMs, endAt: now + 365 * dayMs }]
  const failure = failureOf(check, trouble)
  const certificateDays = name === shortCertificateName ? shortCertificateDays : 20 + Math.floor(60 * random())
  return {
    name,
    group,
    key,
    host,
    check,
    intervalMs,
    ...(window !== undefined && { window }),
    present: down !== undefined ? 'down' : flapping ? 'flapping' : 'well',
    trouble,
    story: {
      key,
      seed: own,
      intervalMs,
      firstAt,
      latency: {
        seed: own,
        baseMs: baseMs * (0.85 + 0.3 * random()),
        spread: pick([0.1, 0.14, 0.18], random),
        daySwing: 0.15 + 0.4 * random(),
        spells: spellsOf(name === slowName, firstAt, now, random),
      },
      outages: spansOf([...past, ...ongoing], intervalMs).map((span) => ({ ...span, failure })),
      maintenance,
      healthy: { ...healthyParts(check), hostname: host },
      ...(kind === 'website' && { certificateEndsAt: Math.floor(now / 1_000) * 1_000 + certificateDays * dayMs }),
    },
  }
}

/** The endpoints of a company that does not exist, as they are at `now`; the same for the same arguments. */
export const fleetOf = (count: number, seed: number, now: number): readonly DemoEndpoint[] =>
  services(count).map((service) => endpointOf(service, count, seed, now))
