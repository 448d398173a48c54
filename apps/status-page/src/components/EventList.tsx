import type { EventEntry, State } from '../contract.ts'
import type { Links } from '../links.ts'
import { durationText } from '../model/numbers.ts'
import { say } from '../text/say.ts'
import { Icon, StateIcon } from './icons.tsx'
import { Moment } from './Moment.tsx'

interface Props {
  readonly events: readonly EventEntry[]
  readonly now: number
  readonly links: Links
  readonly endpointKey: string
}

/** What changed and when, newest first. */
export function EventList({ events, now, links, endpointKey }: Props) {
  if (events.length === 0) return <p class="quiet">{say('detail.events.none')}</p>
  return (
    <ol class="events">
      {events.map((event, i) => (
        <li key={`${event.at} ${event.type}`}>
          {event.type === 'START' ? <Icon name="start" /> : <StateIcon state={stateOf(event)} />}
          <Moment at={event.at} now={now} format="at" />
          {event.type === 'UNHEALTHY' ? (
            <a href={outageAddress(links, endpointKey, event.at)}>{words(event)}</a>
          ) : (
            <span>{words(event, events[i + 1])}</span>
          )}
          {event.reason !== undefined && <code>{event.reason}</code>}
        </li>
      ))}
    </ol>
  )
}

/** An outage is named after its endpoint and its start. */
const outageAddress = ({ base }: Links, key: string, at: number): string =>
  `${base}/incidents/${encodeURIComponent(`${key}~${at.toString(36)}`)}`

const stateOf = ({ type }: EventEntry): State => (type === 'HEALTHY' ? 'up' : 'down')

function words({ type, at, untilAt }: EventEntry, before?: EventEntry): string {
  if (type === 'START') return say('event.started')
  const kind = type === 'HEALTHY' ? 'up' : 'down'
  // What was never down has not recovered.
  if (kind === 'up' && untilAt === undefined && before?.type !== 'UNHEALTHY') return say('state.up')
  if (untilAt === undefined) return say(`event.${kind}.ongoing`)
  return say(`event.${kind}.for`, { duration: durationText(untilAt - at) })
}
