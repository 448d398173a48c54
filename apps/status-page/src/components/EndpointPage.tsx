import type { ComponentProps } from 'preact'
import type { Check, EndpointModel } from '../contract.ts'
import { durationText } from '../model/numbers.ts'
import type { View } from '../model/view.ts'
import { say } from '../text/say.ts'
import { CheckList, Conditions } from './CheckList.tsx'
import { EventList } from './EventList.tsx'
import type { Frame } from './frame.ts'
import { groupId } from './Group.tsx'
import { HistorySection } from './HistorySection.tsx'
import { StateIcon } from './icons.tsx'
import { KpiGrid } from './KpiGrid.tsx'
import { Moment } from './Moment.tsx'
import { LiveBadge } from './Notices.tsx'
import { ResponseChart } from './ResponseChart.tsx'
import { Share } from './Share.tsx'

interface Props {
  readonly model: EndpointModel
  readonly view: View
  readonly frame: Frame
  /** See `HistorySection`. */
  readonly slider?: number | undefined
}

/** For what only the server prints. */
type Outside = Pick<ComponentProps<typeof Share>, 'links' | 'absolute'>

/** The whole page of one endpoint. In the browser only `#detail` is rendered again. */
export function EndpointPage({ links, absolute, ...props }: Props & Outside) {
  const { row, now } = props.model
  return (
    <>
      <div class="top">
        <Crumbs {...props} />
        <Share endpoint={row} links={links} absolute={absolute} />
      </div>
      <section class="hero">
        <div id="hero">
          <EndpointHero model={props.model} />
        </div>
        <LiveBadge newestAt={row.lastCheckAt} now={now} />
      </section>
      <div id="detail">
        <EndpointBody {...props} />
      </div>
    </>
  )
}

function Crumbs({ model: { row }, frame }: Props) {
  const range = frame.range
  return (
    <nav class="crumbs" aria-label={say('crumbs')}>
      <ol>
        <li>
          <a href={frame.links.home({ range })}>{say('nav.status')}</a>
        </li>
        {row.group !== '' && (
          <li>
            <a href={frame.links.home({ range, open: [row.group] }, `#${groupId(row.group)}`)}>
              <bdi>{row.group}</bdi>
            </a>
          </li>
        )}
        <li>
          <bdi aria-current="page">{row.name}</bdi>
        </li>
      </ol>
    </nav>
  )
}

export function EndpointHero({ model: { row, now } }: Pick<Props, 'model'>) {
  const known = row.sinceAt !== undefined && row.state !== 'pending'
  return (
    <>
      <StateIcon state={row.state} stale={row.stale} big />
      <div>
        <h1>
          <bdi>{row.name}</bdi>
        </h1>
        <p class="meta">
          <span>
            <b class={`t-${row.state}`}>{row.state === 'pending' ? say('row.pending') : say(`state.${row.state}`)}</b>
            {known && ' '}
            {known && <Moment at={row.sinceAt ?? now} now={now} format="since" />}
          </span>
          <span>{row.type}</span>
          {row.host !== undefined && (
            <span>
              <bdi>{row.host}</bdi>
            </span>
          )}
          <span>{say('detail.every', { duration: durationText(row.intervalMs) })}</span>
        </p>
      </div>
    </>
  )
}

export function EndpointBody(props: Props) {
  const { model } = props
  const { checks, now, row } = model
  const shown = row.state === 'down' ? (checks.find((check) => !check.success) ?? checks[0]) : checks[0]
  return (
    <>
      {shown !== undefined && <Why check={shown} />}
      <KpiGrid model={model} />
      <HistorySection {...props} />
      <section class="card pad">
        <h2>{say('detail.latency')}</h2>
        <ResponseChart model={model} />
      </section>
      <div class="halves">
        <section class="card pad">
          <h2>{say('detail.checks')}</h2>
          <CheckList checks={checks} now={now} />
        </section>
        <section class="card pad">
          <h2>{say('detail.events')}</h2>
          <EventList events={model.events} now={now} links={props.frame.links} endpointKey={row.key} />
        </section>
      </div>
    </>
  )
}

function Why({ check }: { check: Check }) {
  return (
    <section class={check.success ? 'card pad why-card' : 'card pad why-card failing'}>
      <h2>{say(check.success ? 'detail.latest' : 'detail.why')}</h2>
      <Conditions check={check} />
    </section>
  )
}
