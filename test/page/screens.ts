import { awkward, detail, endpoint, few, hundreds, oneDown, overview, pending, stale } from './fixtures.ts'
import {
  august,
  awkwardMonth,
  incidentOngoing,
  incidentOver,
  maintenanceNow,
  maintenancePlanned,
  november,
  over,
  planned,
  subscriptions,
  upgrade,
} from './past-fixtures.ts'

const website = endpoint('Website', 'Core', { host: 'acme.example' })
const broken = oneDown.find((row) => row.state === 'down') ?? website

/** Every screen that is live, those for what is not there, and what they are made of. */
export const screens = {
  'few, all up': { models: { overview: overview(few) }, path: '/' },
  'one down': { models: { overview: overview(oneDown) }, path: '/' },
  hundreds: { models: { overview: overview(hundreds) }, path: '/' },
  wall: { models: { overview: overview(hundreds) }, path: '/?view=wall' },
  sorted: { models: { overview: overview(oneDown) }, path: '/?sort=latency&view=compact' },
  'no match': { models: { overview: overview(few) }, path: '/?q=zebra' },
  empty: { models: { overview: overview([]) }, path: '/' },
  pending: { models: { overview: overview(pending) }, path: '/' },
  stale: { models: { overview: overview(stale, { operatorNotices: ['Storage is degraded'] }) }, path: '/' },
  'awkward names': { models: { overview: overview(awkward) }, path: '/' },
  'endpoint up': { models: { endpoint: detail(website) }, path: `/endpoints/${website.key}` },
  'endpoint down, a time chosen': {
    models: { endpoint: detail(broken) },
    path: `/endpoints/${broken.key}?at=2026-11-21T14:00:00Z`,
  },
  'not found': { models: { overview: overview(few) }, path: '/endpoints/nowhere' },
  failure: { models: {}, path: '/failure' },
} as const

const lately = overview(oneDown, { upcoming: [upgrade, planned], recent: [over] })

/** Pages that are not live, and menus on those that are. */
export const still = {
  'a month': { models: { history: november }, path: '/history' },
  'a quiet month': { models: { history: august }, path: '/history' },
  'an awkward month': { models: { history: awkwardMonth }, path: '/history' },
  'an outage that lasts': { models: { incident: incidentOngoing }, path: '/incidents/x' },
  'an outage that is over': { models: { incident: incidentOver }, path: '/incidents/x' },
  'a maintenance under way': { models: { incident: maintenanceNow }, path: '/incidents/x' },
  'a planned maintenance': { models: { incident: maintenancePlanned }, path: '/incidents/x' },
  subscriptions: { models: { subscribe: subscriptions, overview: lately }, path: '/subscribe' },
  'what was and will be': { models: { overview: lately }, path: '/' },
  'a share menu': { models: { endpoint: detail(website) }, path: `/endpoints/${website.key}` },
  'a widget': { models: { overview: lately }, path: '/embed/status' },
} as const
