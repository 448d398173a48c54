import type { JSX } from 'preact'
import type { Check, EndpointRow, IncidentEntry, IncidentModel } from '../contract.ts'
import { durationText } from '../model/numbers.ts'
import { barSentence } from '../model/sentence.ts'
import type { PageLinks } from '../page-links.ts'
import { parts, say } from '../text/say.ts'
import { Checks, Conditions } from './CheckList.tsx'
import { barCounts } from './frame.ts'
import { HistoryBar } from './HistoryBar.tsx'
import { StateIcon } from './icons.tsx'
import { Moment } from './Moment.tsx'
import { LooseOutage } from './PastEntry.tsx'
import { outageTitle } from './past-titles.tsx'
import { CopyLink } from './Snippet.tsx'

type Outage = Extract<IncidentModel, { kind: 'outage' }>

interface Props {
  readonly model: Outage
  readonly links: PageLinks
  readonly absolute: (path: string) => string
}

/** One outage: what broke, from when to when, why, and what else was down. */
export function IncidentPage({ model, links, absolute }: Props) {
  const { incident, row, checks, related, now } = model
  const failed = checks.find(({ at, success }) => !success && at >= incident.startAt)
  return (
    <>
      <IncidentCrumbs links={links} at={incident.startAt} title={incident.name}>
        <CopyLink url={absolute(links.incident(incident.id))} />
        <a class="button" href={links.subscribe(incident.key)}>
          {say('incident.follow')}
        </a>
      </IncidentCrumbs>
      <section class="hero">
        <div id="hero">
          <StateIcon state={incident.endAt === undefined ? 'down' : 'up'} big />
          <div>
            <h1>{outageTitle(incident)}</h1>
            <Facts incident={incident} now={now} />
          </div>
        </div>
      </section>
      <Timeline incident={incident} row={row} failed={failed} now={now} />
      <section class="card pad">
        <h2>{say('incident.checks')}</h2>
        <ChecksAround checks={checks} startAt={incident.startAt} now={now} />
      </section>
      <Related heading={say('incident.related')} incidents={related} links={links} now={now} />
      <section class="card pad">
        <h2>{say('incident.endpoint')}</h2>
        <ul class="states">
          <EndpointNow row={row} links={links} now={now} />
        </ul>
        <div class="lane" {...laneAttributes(row, now)}>
          <HistoryBar history={row.history} count={barCounts['24h']} />
          <p class="vh">{barSentence(row, '24h')}</p>
          <p class="ends" aria-hidden="true">
            <span>{say('range.24h.long')}</span>
            <span>{say('time.now')}</span>
          </p>
        </div>
      </section>
    </>
  )
}

const quarterMs = 15 * 60_000

/** Whose bar it is and when it begins, which moves on as the page lives. */
const laneAttributes = ({ key }: EndpointRow, now: number) => ({
  'data-k': key,
  'data-start': (Math.floor(now / quarterMs) + 1 - barCounts['24h']) * quarterMs,
  'data-bucket': quarterMs,
})

interface CrumbProps {
  readonly links: PageLinks
  readonly at: number
  readonly title: string
  readonly children: JSX.Element[]
}

/** The way here, and what can be done with the page. */
export function IncidentCrumbs({ links, at, title, children }: CrumbProps) {
  return (
    <div class="top">
      <nav class="crumbs" aria-label={say('crumbs')}>
        <ol>
          <li>
            <a href={links.home()}>{say('nav.status')}</a>
          </li>
          <li>
            <a href={links.history(new Date(at).toISOString().slice(0, 7))}>{say('nav.history')}</a>
          </li>
          <li>
            <bdi aria-current="page">{title}</bdi>
          </li>
        </ol>
      </nav>
      <div class="actions">{children}</div>
    </div>
  )
}

function Facts({ incident, now }: { incident: IncidentEntry; now: number }) {
  const { startAt, endAt, group } = incident
  return (
    <p class="meta">
      {endAt === undefined ? (
        <span>
          <b class="t-down">{say('incident.ongoing')}</b> <Moment at={startAt} now={now} format="since" />
        </span>
      ) : (
        <span>
          <b>{say('incident.over')}</b>{' '}
          {parts('past.days', {
            from: <Moment key="from" at={startAt} now={now} format="at" />,
            to: <Moment key="to" at={endAt} now={now} format="at" />,
          })}
        </span>
      )}
      {group !== '' && (
        <span>
          <bdi>{group}</bdi>
        </span>
      )}
    </p>
  )
}

interface TimelineProps {
  readonly incident: IncidentEntry
  readonly row: EndpointRow
  /** The first check that failed, where it is still kept. */
  readonly failed: Check | undefined
  readonly now: number
}

/** Newest first. What monitoring knows of an outage is how it began and how it ended. */
function Timeline({ incident, row, failed, now }: TimelineProps) {
  const { startAt, endAt, reason, name } = incident
  return (
    <section class="card pad">
      <h2>{say('incident.timeline')}</h2>
      <ol class="timeline">
        {endAt !== undefined && (
          <li>
            <StateIcon state="up" />
            <h3>{say('incident.ended')}</h3>
            <Moment at={endAt} now={now} format="at" />
            <p>{say('incident.ended.text', { duration: durationText(endAt - startAt) })}</p>
          </li>
        )}
        {endAt === undefined && row.state === 'down' && row.lastCheckAt !== undefined && (
          <li>
            <StateIcon state="down" />
            <h3>{say('incident.lasts')}</h3>
            <Moment at={row.lastCheckAt} now={now} format="seconds" />
            <p>{say('incident.lasts.text')}</p>
          </li>
        )}
        <li>
          <StateIcon state="down" />
          <h3>{say('incident.began')}</h3>
          <Moment at={startAt} now={now} format="at" />
          <p>{parts('incident.began.text', { name: <bdi key="name">{name}</bdi> })}</p>
          {failed === undefined ? reason !== undefined && <code>{reason}</code> : <Conditions check={failed} />}
        </li>
      </ol>
    </section>
  )
}

const shownBefore = 3
const shownAfter = 6

/** The checks about the moment it began; all that are kept wait in a fold. Oldest first, as it went. */
function ChecksAround({ checks, startAt, now }: { checks: readonly Check[]; startAt: number; now: number }) {
  if (checks.length === 0) return <p class="quiet">{say('incident.checks.none')}</p>
  const first = Math.max(
    checks.findIndex(({ at }) => at >= startAt),
    0,
  )
  const near = checks.slice(Math.max(first - shownBefore, 0), first + shownAfter)
  return (
    <>
      <Checks checks={near} now={now} />
      {near.length < checks.length && (
        <details class="older">
          <summary>{say('incident.checks.all', { n: checks.length })}</summary>
          <Checks checks={checks} now={now} />
        </details>
      )}
    </>
  )
}

interface RelatedProps {
  readonly heading: string
  readonly incidents: readonly IncidentEntry[]
  readonly links: PageLinks
  readonly now: number
}

/** Other outages of the time. */
export function Related({ heading, incidents, links, now }: RelatedProps) {
  if (incidents.length === 0) return null
  return (
    <section class="card pad">
      <h2>{heading}</h2>
      <ul class="entries">
        {incidents.map((one) => (
          <LooseOutage key={one.id} incident={one} links={links} now={now} />
        ))}
      </ul>
    </section>
  )
}

/** An endpoint with its state at this time. */
export function EndpointNow({ row, links, now }: { row: EndpointRow; links: PageLinks; now: number }) {
  const { state, sinceAt } = row
  return (
    <li>
      <StateIcon state={state} stale={row.stale} />
      <a href={links.endpoint(row.key)}>
        <bdi>{row.name}</bdi>
      </a>
      <span class="sub">
        <span class={`t-${state}`}>{say(`state.${state}`)}</span>
        {sinceAt !== undefined && state !== 'pending' && <Moment at={sinceAt} now={now} format="since" />}
      </span>
    </li>
  )
}
