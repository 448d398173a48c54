import type { EndpointName, HistoryModel } from '../contract.ts'
import { type PastDays, pastDays, upcomingMaintenance } from '../model/past-days.ts'
import { dayMs, daysText, iso, timeText } from '../model/times.ts'
import type { PageLinks } from '../page-links.ts'
import { say } from '../text/say.ts'
import { Icon } from './icons.tsx'
import { MaintenanceLine, OngoingEntry, OutageEntry } from './PastEntry.tsx'

interface Props {
  readonly model: HistoryModel
  readonly links: PageLinks
}

const mostUpcoming = 5
/** A list as long as this ends with the way on, too. */
const screenful = 6

/** A month: what broke, what was maintained, and when nothing happened. */
export function HistoryPage({ model, links }: Props) {
  const upcoming = upcomingMaintenance(model).slice(0, mostUpcoming)
  const days = pastDays(model)
  return (
    <>
      <section class="hero">
        <h1>{historyTitle(model)}</h1>
        <Facts model={model} links={links} />
      </section>
      <div class="tools past-tools">
        <FilterForm model={model} links={links} />
        <nav aria-label={say('history.months')}>
          <Months model={model} links={links} />
        </nav>
      </div>
      {model.truncated && (
        <p class="notice degraded" role="note">
          <Icon name="degraded" class="s-degraded" />
          {say('history.truncated')}
        </p>
      )}
      {upcoming.length > 0 && (
        <section class="card pad">
          <h2>{say('past.upcoming')}</h2>
          <ul class="entries">
            {upcoming.map((entry) => (
              <MaintenanceLine key={entry.id} entry={entry} links={links} day={0} />
            ))}
          </ul>
        </section>
      )}
      <ol class="card days">
        {days.map((one) => (
          <Days key={one.firstAt} days={one} model={model} links={links} />
        ))}
        <Before model={model} />
      </ol>
      {days.length > screenful && <Months model={model} links={links} />}
    </>
  )
}

export function historyTitle({ incidents, truncated, startAt }: HistoryModel): string {
  const month = timeText(startAt, 'month')
  const n = incidents.length
  if (n === 0) return say('history.none', { month })
  return truncated ? say('history.count.more', { n, month }) : say('history.count', { n, month })
}

function Facts({ model, links }: Props) {
  const { incidents, endpoint, group, month } = model
  const affected = new Set(incidents.map(({ key }) => key)).size
  const only = endpoint?.name ?? group
  return (
    <p class="meta">
      {affected > 1 && <span>{say('history.affected', { n: affected })}</span>}
      {only !== undefined && (
        <span>
          <bdi>{say('history.only', { name: only })}</bdi>{' '}
          <a href={links.history(month)}>{say('history.everything')}</a>
        </span>
      )}
      <span>{say('footer.zone.utc')}</span>
    </p>
  )
}

function Months({ model, links }: Props) {
  const narrowed = { group: model.group, endpoint: model.endpoint?.key }
  const { previousMonth, nextMonth } = model
  if (previousMonth === undefined && nextMonth === undefined) return null
  return (
    <p class="months">
      {previousMonth !== undefined && (
        <a class="button" rel="prev" href={links.history(previousMonth, narrowed)}>
          <Icon name="back" /> {monthName(previousMonth)}
        </a>
      )}
      {nextMonth !== undefined && (
        <a class="button next" rel="next" href={links.history(nextMonth, narrowed)}>
          {monthName(nextMonth)} <Icon name="back" class="forth" />
        </a>
      )}
    </p>
  )
}

const monthName = (month: string): string => timeText(Date.parse(`${month}-01`), 'month')

function FilterForm({ model, links }: Props) {
  const { groups, endpoints, endpoint, group, month } = model
  if (groups.length < 2 && endpoints.length < 2) return null
  return (
    <search>
      <form action={links.history(month)} method="get" class="seek">
        {groups.length > 1 && (
          <span class="field select">
            <select name="group" aria-label={say('history.group')}>
              <option value="">{say('history.group.all')}</option>
              {groups.map((name) => (
                <option key={name} value={name} selected={name === group}>
                  {name}
                </option>
              ))}
            </select>
            <Icon name="chevron" />
          </span>
        )}
        {endpoints.length > 1 && (
          <EndpointSelect
            endpoints={endpoints}
            chosen={endpoint?.key}
            label={say('history.endpoint')}
            all={say('history.endpoint.all')}
          />
        )}
        <button type="submit">{say('history.show')}</button>
      </form>
    </search>
  )
}

interface SelectProps {
  readonly endpoints: readonly EndpointName[]
  readonly chosen: string | undefined
  readonly label: string
  /** Name of the choice of all of them, where there is one. */
  readonly all?: string
}

/** Endpoints under the headings of their groups, in their order. */
export function EndpointSelect({ endpoints, chosen, label, all }: SelectProps) {
  const groups = [...new Set(endpoints.map(({ group }) => group))]
  const options = (group: string) =>
    endpoints
      .filter((one) => one.group === group)
      .map(({ key, name }) => (
        <option key={key} value={key} selected={key === chosen}>
          {name}
        </option>
      ))
  return (
    <span class="field select">
      <select name="endpoint" aria-label={label}>
        {all !== undefined && <option value="">{all}</option>}
        {groups.map((group) =>
          group === '' || groups.length === 1 ? (
            options(group)
          ) : (
            <optgroup key={group} label={group}>
              {options(group)}
            </optgroup>
          ),
        )}
      </select>
      <Icon name="chevron" />
    </span>
  )
}

function Days({ days, model, links }: Props & { days: PastDays }) {
  const { firstAt, lastAt, began, went, maintenance } = days
  const single = firstAt === lastAt
  const today = firstAt === Math.floor(model.now / dayMs) * dayMs
  const nothing = began.length + went.length + maintenance.length === 0
  return (
    <li class={nothing ? 'day quiet' : 'day'}>
      <h2>
        {single ? (
          <time dateTime={iso(firstAt).slice(0, 10)}>{timeText(firstAt, 'weekday')}</time>
        ) : (
          daysText(firstAt, lastAt)
        )}
        {today && <small>{say('history.today')}</small>}
      </h2>
      {nothing ? (
        <p>{say(today ? 'history.quiet.today' : 'history.quiet')}</p>
      ) : (
        <ul class="entries">
          {began.map((incident) => (
            <OutageEntry key={incident.id} incident={incident} links={links} day={firstAt} />
          ))}
          {went.map((incident) => (
            <OngoingEntry key={incident.id} incident={incident} links={links} day={firstAt} lastDay={lastAt} />
          ))}
          {maintenance.map((entry) => (
            <MaintenanceLine
              key={entry.id}
              entry={entry}
              links={links}
              day={Math.floor(entry.beginAt / dayMs) * dayMs}
              daily={!single}
            />
          ))}
        </ul>
      )}
    </li>
  )
}

/** The days before anybody watched are not quiet: nothing is known of them. */
function Before({ model: { monitoredFrom, startAt, endAt } }: Pick<Props, 'model'>) {
  if (monitoredFrom === undefined) return null
  const lastAt = Math.floor(Math.min(monitoredFrom, endAt) / dayMs) * dayMs - dayMs
  if (lastAt < startAt) return null
  return (
    <li class="day quiet">
      <h2>{lastAt === startAt ? timeText(startAt, 'weekday') : daysText(startAt, lastAt)}</h2>
      <p>{say('history.before')}</p>
    </li>
  )
}
