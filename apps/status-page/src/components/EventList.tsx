import type { EventEntry, State } from '../contract.ts'
import { durationText } from '../model/numbers.ts'
import { say } from '../text/say.ts'
import { Icon, StateIcon } from './icons.tsx'
import { Moment } from './Moment.tsx'

/** What changed and when, newest first. */
export function EventList({ events, now }: { events: readonly EventEntry[]; now: number }) {
  if (events.length === 0) return <p class="quiet">{say('detail.events.none')}</p>
  return (
    <ol class="events">
      {events.map((event) => (
        <li key={`${event.at} ${event.type}`}>
          {event.type === 'START' ? <Icon name="start" /> : <StateIcon state={stateOf(event)} />}
          <Moment at={event.at} now={now} format="at" />
          <span>{words(event)}</span>
          {event.reason !== undefined && <code>{event.reason}</code>}
        </li>
      ))}
    </ol>
  )
}

const stateOf = ({ type }: EventEntry): State => (type === 'HEALTHY' ? 'up' : 'down')

function words({ type, at, untilAt }: EventEntry): string {
  if (type === 'START') return say('event.started')
  const kind = type === 'HEALTHY' ? 'up' : 'down'
  if (untilAt === undefined) return say(`event.${kind}.ongoing`)
  return say(`event.${kind}.for`, { duration: durationText(untilAt - at) })
}
