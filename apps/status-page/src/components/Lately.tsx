import type { MaintenanceEntry, OverviewModel } from '../contract.ts'
import { durationText } from '../model/numbers.ts'
import type { PageLinks } from '../page-links.ts'
import { parts, say } from '../text/say.ts'
import { StateIcon } from './icons.tsx'
import { Moment } from './Moment.tsx'
import { maintenanceText, outageTitle } from './past-titles.tsx'

interface Props {
  readonly model: OverviewModel
  readonly links: Pick<PageLinks, 'incident'>
}

/** Under the list: what is planned, and what is over. */
export function Lately({ model, links }: Props) {
  const { upcoming = [], recent = [] } = model
  if (upcoming.length + recent.length === 0) return null
  return (
    <section id="lately" class="lately" aria-label={say('nav.history')}>
      <LatelyLists model={model} links={links} />
    </section>
  )
}

export function LatelyLists({ model, links }: Props) {
  const { upcoming = [], recent = [], now } = model
  return (
    <>
      {upcoming.length > 0 && (
        <div>
          <h2>{say('past.upcoming')}</h2>
          <ul>
            {upcoming.map((entry) => (
              <li key={entry.id}>
                <StateIcon state="maintenance" />
                <a href={links.incident(entry.id)}>
                  <bdi>{maintenanceText(entry)}</bdi>
                </a>
                <span class="sub">
                  <Times entry={entry} now={now} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {recent.length > 0 && (
        <div>
          <h2>{say('past.recent')}</h2>
          <ul>
            {recent.map((incident) => (
              <li key={incident.id}>
                <StateIcon state="down" />
                <a href={links.incident(incident.id)}>{outageTitle(incident)}</a>
                <span class="sub">
                  <Moment at={incident.startAt} now={now} format="at" />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

function Times({ entry: { beginAt, endAt }, now }: { entry: MaintenanceEntry; now: number }) {
  if (beginAt <= now) {
    return <span>{parts('past.inProgress', { time: <Moment key="end" at={endAt} now={now} format="at" /> })}</span>
  }
  const from = <Moment key="from" at={beginAt} now={now} format="at" />
  return <span>{parts('past.for', { from, duration: durationText(endAt - beginAt) })}</span>
}
