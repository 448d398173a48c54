import type { JSX } from 'preact'
import type { IncidentEntry, MaintenanceEntry } from '../contract.ts'
import { dayMs, iso, timeText } from '../model/times.ts'
import type { PageLinks } from '../page-links.ts'
import { parts, say } from '../text/say.ts'
import { StateIcon } from './icons.tsx'
import { Moment } from './Moment.tsx'
import { maintenanceText, outageTitle } from './past-titles.tsx'

const dayOf = (at: number): number => Math.floor(at / dayMs) * dayMs

/** From when to when, in UTC, with the day of each moment that is not `day`. */
function utcSpan(startAt: number, endAt: number, day: number): (JSX.Element | string)[] {
  // Within a minute.
  if (timeText(startAt, 'clock') === timeText(endAt, 'clock') && endAt - startAt < dayMs) {
    return [<UtcTime key="from" at={startAt} day={day} />]
  }
  return parts(dayOf(startAt) === dayOf(endAt) ? 'past.span' : 'past.days', {
    from: <UtcTime key="from" at={startAt} day={day} />,
    to: <UtcTime key="to" at={endAt} day={dayOf(startAt)} />,
  })
}

/** A moment in UTC that stays so: `09:14`, with its day when that is another than the one it is told under. */
export function UtcTime({ at, day }: { at: number; day: number }) {
  const same = at >= day && at < day + dayMs
  return <time dateTime={iso(at)}>{timeText(at, same ? 'clock' : 'dayClock')}</time>
}

interface Props {
  readonly links: PageLinks
  /** Begin of the day it is told under. */
  readonly day: number
}

function Entry({
  icon,
  href,
  title,
  children,
  times,
}: {
  icon: 'down' | 'maintenance'
  href: string
  title: JSX.Element | string | (JSX.Element | string)[]
  children?: JSX.Element | false | undefined
  times: JSX.Element | (JSX.Element | string)[]
}) {
  return (
    <li class="entry">
      <StateIcon state={icon} />
      <div>
        <a href={href}>{title}</a>
        {children}
      </div>
      <span class="when">{times}</span>
    </li>
  )
}

interface OutageProps {
  readonly incident: IncidentEntry
  readonly links: PageLinks
  readonly times: JSX.Element | (JSX.Element | string)[]
}

function Outage({ incident, links, times }: OutageProps) {
  const { group, reason, id } = incident
  return (
    <Entry icon="down" href={links.incident(id)} title={outageTitle(incident)} times={times}>
      {(group !== '' || reason !== undefined) && (
        <p class="sub">
          {group !== '' && (
            <span>
              <bdi>{group}</bdi>
            </span>
          )}
          {reason !== undefined && (
            <span>
              <code>{reason}</code>
            </span>
          )}
        </p>
      )}
    </Entry>
  )
}

/** An outage, on the day it began. */
export function OutageEntry({ incident, links, day }: Props & { incident: IncidentEntry }) {
  const { startAt, endAt } = incident
  const from = <UtcTime key="from" at={startAt} day={day} />
  const times = endAt === undefined ? parts('past.from', { from }) : utcSpan(startAt, endAt, day)
  return <Outage incident={incident} links={links} times={times} />
}

/** An outage by itself, its times in the zone of the reader. */
export function LooseOutage({ incident, links, now }: Pick<OutageProps, 'incident' | 'links'> & { now: number }) {
  const { startAt, endAt } = incident
  const from = <Moment key="from" at={startAt} now={now} format="at" />
  const times =
    endAt === undefined
      ? parts('past.from', { from })
      : parts('past.days', { from, to: <Moment key="to" at={endAt} now={now} format="at" /> })
  return <Outage incident={incident} links={links} times={times} />
}

/** An outage, on a day after the one it began on. */
export function OngoingEntry({ incident, links, day, lastDay }: Props & { incident: IncidentEntry; lastDay: number }) {
  const { name, endAt, startAt, id } = incident
  const bdi = <bdi key="name">{name}</bdi>
  const ended = endAt !== undefined && endAt <= lastDay + dayMs
  const title = ended
    ? parts('past.until', { name: bdi, time: timeText(endAt, 'clock') })
    : parts('past.still', { name: bdi })
  const from = <UtcTime key="from" at={startAt} day={day} />
  return <Entry icon="down" href={links.incident(id)} title={title} times={parts('past.from', { from })} />
}

interface MaintenanceProps extends Props {
  readonly entry: MaintenanceEntry
  /** Whether it is told for several days at once. */
  readonly daily?: boolean
}

export function MaintenanceLine({ entry, links, day, daily = false }: MaintenanceProps) {
  const { beginAt, endAt, id } = entry
  const times = utcSpan(beginAt, endAt, day)
  return (
    <Entry
      icon="maintenance"
      href={links.incident(id)}
      title={<bdi>{maintenanceText(entry)}</bdi>}
      times={daily ? [...times, ' ', <span key="daily">{say('history.daily')}</span>] : times}
    />
  )
}
