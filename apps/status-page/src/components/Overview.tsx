import type { OverviewModel } from '../contract.ts'
import { arrange, fewRows, flatList, type GroupView } from '../model/groups.ts'
import { troubled } from '../model/select.ts'
import { countStates } from '../model/states.ts'
import { narrowed, type View } from '../model/view.ts'
import type { Site } from '../site.ts'
import { say } from '../text/say.ts'
import type { Frame } from './frame.ts'
import { Axis, GroupRest, GroupSummary, groupId } from './Group.tsx'
import { Icon } from './icons.tsx'
import { Moment } from './Moment.tsx'
import { allStale, NoMatch, NothingConfigured, OperatorStrip, StaleNotice } from './Notices.tsx'
import { StatusHero } from './StatusHero.tsx'
import { Tools } from './Tools.tsx'

export const attentionRows = 20

/** Rows as HTML, kept by whoever knows when they change. */
export type RowsHtml = (rows: OverviewModel['rows'], alone: boolean) => string

interface Props {
  readonly site: Pick<Site, 'heading' | 'subheading'>
  readonly model: OverviewModel
  readonly view: View
  readonly frame: Frame
  readonly rowsHtml: RowsHtml
}

/** The whole overview. The browser patches its regions one by one: those with an id, and the rows. */
export function Overview({ site, model, view, frame, rowsHtml }: Props) {
  const { rows, now } = model
  const counts = countStates(rows)
  return (
    <>
      <OperatorStrip notices={model.operatorNotices} />
      {site.heading + site.subheading !== '' && (
        <p class="eyebrow">
          {site.heading !== '' && <b>{site.heading}</b>} {site.subheading}
        </p>
      )}
      <section class="hero">
        <div id="hero">
          <StatusHero rows={rows} now={now} />
        </div>
        <LiveBadge newestAt={model.newestAt} now={now} />
      </section>
      <div id="notices">
        {allStale(rows) && model.newestAt !== undefined && <StaleNotice newestAt={model.newestAt} />}
      </div>
      {rows.length === 0 ? (
        <NothingConfigured />
      ) : (
        <>
          <Attention rows={rows} frame={frame} view={view} rowsHtml={rowsHtml} />
          <Tools frame={frame} view={view} counts={counts} />
          <div id="list" class={view.density}>
            <List model={model} view={view} frame={frame} rowsHtml={rowsHtml} />
          </div>
        </>
      )}
    </>
  )
}

/** As of when the page is; the browser adds whether it is live. */
export function LiveBadge({ newestAt, now }: { newestAt: number | undefined; now: number }) {
  return (
    <p class="live">
      <span id="as-of">{newestAt !== undefined && <Moment at={newestAt} now={now} format="checked" />}</span>
      <span id="live" class="badge js-only">
        {say('live.connecting')}
      </span>
    </p>
  )
}

type ListProps = Omit<Props, 'site'>

function Attention({ rows, frame, view, rowsHtml }: Omit<ListProps, 'model'> & Pick<OverviewModel, 'rows'>) {
  const all = troubled(rows)
  return (
    <section
      id="attention"
      class={`card attention ${view.density}`}
      aria-labelledby="attention-title"
      hidden={all.length === 0}
    >
      <AttentionHead rows={all} />
      <ul class="rows" dangerouslySetInnerHTML={{ __html: rowsHtml(all.slice(0, attentionRows), true) }} />
      <p class="rest" hidden={all.length <= attentionRows}>
        <a href={frame.links.home({ ...view, filter: 'down', open: [] })}>
          {say('attention.more', { n: all.length - attentionRows })}
        </a>
      </p>
    </section>
  )
}

export function AttentionHead({ rows }: Pick<OverviewModel, 'rows'>) {
  const { down, degraded } = countStates(rows)
  const words = [
    down > 0 && say('attention.down', { n: down }),
    degraded > 0 && say('attention.degraded', { n: degraded }),
  ]
  return (
    <div class="head">
      <h2 id="attention-title">{say('attention')}</h2>
      <span class="words">{words.filter((word) => word !== false).join(' · ')}</span>
    </div>
  )
}

function List(props: ListProps) {
  const { model, view, frame, rowsHtml } = props
  if (view.sort !== 'order') {
    const rows = flatList(model.rows, view)
    if (rows.length === 0) return <NoMatch search={view.search} frame={frame} />
    return (
      <section class="card group" aria-label={say('list')}>
        <ul class="rows" data-flat dangerouslySetInnerHTML={{ __html: rowsHtml(rows, true) }} />
        <Axis model={model} />
      </section>
    )
  }
  const groups = arrange(model.rows, view)
  const only = groups.length === 1 && groups[0]?.name === ''
  return (
    <>
      {groups.length === 0 && <NoMatch search={view.search} frame={frame} />}
      {groups.map((group) => (
        <Group key={group.name} {...props} group={group} bare={only} />
      ))}
      {model.rows.length > fewRows && !narrowed(view) && groups.length > 1 && (
        <p class="fold js-only">
          <button type="button" data-do="expand">
            {say('groups.expand')}
          </button>
          <button type="button" data-do="collapse">
            {say('groups.collapse')}
          </button>
        </p>
      )}
    </>
  )
}

function Group({ model, view, frame, rowsHtml, group, bare }: ListProps & { group: GroupView; bare: boolean }) {
  return (
    <details
      class={bare ? 'card group bare' : 'card group'}
      id={groupId(group.name)}
      data-g={group.name}
      data-n={group.matching.length}
      open={group.open}
    >
      <summary>
        <GroupSummary group={group} frame={frame} strip={model.rows.length > fewRows} />
      </summary>
      <ul class="rows" dangerouslySetInnerHTML={{ __html: rowsHtml(group.shown, false) }} />
      <div class="under">
        <GroupRest group={group} frame={frame} view={view} />
        <Axis model={model} />
      </div>
    </details>
  )
}

/** Shown on pages that need no tools of their own. */
export function SearchForm({ frame }: { frame: Frame }) {
  return (
    <form action={frame.links.home()} method="get" class="seek" role="search">
      <span class="field">
        <Icon name="search" />
        <input type="search" name="q" placeholder={say('notFound.search')} aria-label={say('notFound.search')} />
      </span>
      <button type="submit">{say('notFound.search')}</button>
    </form>
  )
}
