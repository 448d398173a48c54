import type { IncidentModel, MaintenanceEntry } from '../contract.ts'
import { durationText } from '../model/numbers.ts'
import { iso, timeText } from '../model/times.ts'
import type { PageLinks } from '../page-links.ts'
import { parts, say } from '../text/say.ts'
import { EndpointNow, IncidentCrumbs, Related } from './IncidentPage.tsx'
import { StateIcon } from './icons.tsx'
import { Moment } from './Moment.tsx'
import { maintenanceText } from './past-titles.tsx'
import { CopyLink } from './Snippet.tsx'

interface Props {
  readonly model: Extract<IncidentModel, { kind: 'maintenance' }>
  readonly links: PageLinks
  readonly absolute: (path: string) => string
}

/** One time of a maintenance window: when, for what, how far it is, and what is down for another reason. */
export function MaintenancePage({ model, links, absolute }: Props) {
  const { maintenance, rows, related, now } = model
  const { id, keys, beginAt, endAt } = maintenance
  const title = maintenanceText(maintenance)
  const covered = keys.length === 0 ? [] : rows
  return (
    <>
      <IncidentCrumbs links={links} at={beginAt} title={title}>
        <CopyLink url={absolute(links.incident(id))} />
        <a class="button" href={links.incidentCalendar(id)}>
          {say('incident.calendar')}
        </a>
      </IncidentCrumbs>
      <section class="hero">
        <div id="hero">
          <StateIcon state="maintenance" big />
          <div>
            <h1>
              <bdi>{title}</bdi>
            </h1>
            <Facts maintenance={maintenance} now={now} />
          </div>
        </div>
      </section>
      {now >= beginAt && now < endAt && <Progress maintenance={maintenance} now={now} />}
      <p class="notes">{say('incident.notices')}</p>
      <Related heading={say('incident.unrelated')} incidents={related} links={links} now={now} />
      {covered.length > 0 && (
        <section class="card pad">
          <h2>{say('incident.covered')}</h2>
          <ul class="states">
            {covered.map((row) => (
              <EndpointNow key={row.key} row={row} links={links} now={now} />
            ))}
          </ul>
          {keys.length > covered.length && (
            <p class="quiet">{say('incident.covered.more', { n: keys.length - covered.length })}</p>
          )}
        </section>
      )}
    </>
  )
}

/** The time in UTC; the client adds the reader's own, as it does whatever `data-span` and `data-left` ask for. */
function Facts({ maintenance: { beginAt, endAt }, now }: { maintenance: MaintenanceEntry; now: number }) {
  const stage = now < beginAt ? 'planned' : now < endAt ? 'inProgress' : 'over'
  const sameDay = timeText(beginAt, 'year') === timeText(endAt, 'year')
  const from = (
    <time key="from" dateTime={iso(beginAt)}>
      {timeText(beginAt, 'weekdayClock')}
    </time>
  )
  const to = (
    <time key="to" dateTime={iso(endAt)}>
      {timeText(endAt, sameDay ? 'clock' : 'weekdayClock')}
    </time>
  )
  return (
    <p class="meta">
      <span>
        <b class={stage === 'inProgress' ? 't-maintenance' : undefined}>{say(`incident.${stage}`)}</b>
      </span>
      <span>
        {parts('incident.times', { span: <span key="span">{parts('past.span', { from, to })}</span> })}
        <span class="local" data-span={`${beginAt} ${endAt}`} data-text={say('incident.local', { span: '{}' })} />
      </span>
      <span>{durationText(endAt - beginAt)}</span>
    </p>
  )
}

function Progress({ maintenance: { beginAt, endAt }, now }: { maintenance: MaintenanceEntry; now: number }) {
  return (
    <section class="card pad progress">
      <progress
        max={endAt - beginAt}
        value={now - beginAt}
        data-begin={beginAt}
        aria-label={say('incident.progress')}
      />
      <p class="ends">
        <Moment at={beginAt} now={now} format="at" />
        <span data-left={endAt} data-text={say('incident.left', { duration: '{}' })} />
        <Moment at={endAt} now={now} format="at" />
      </p>
    </section>
  )
}
