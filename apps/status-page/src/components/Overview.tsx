import type { OverviewModel } from '../contract.ts'
import { arrange, flatList, type GroupView } from '../model/groups.ts'
import { allStale, countStates } from '../model/states.ts'
import { densityOf, fewRows, narrowed, type View } from '../model/view.ts'
import type { PageLinks } from '../page-links.ts'
import type { Site } from '../site.ts'
import { say } from '../text/say.ts'
import { Attention } from './Attention.tsx'
import type { Frame } from './frame.ts'
import { Axis, GroupRest, GroupSummary, groupId } from './Group.tsx'
import { Icon } from './icons.tsx'
import { Lately } from './Lately.tsx'
import { NoMatch } from './NoMatch.tsx'
import { LiveBadge, NothingConfigured, OperatorStrip, StaleNotice } from './Notices.tsx'
import type { RowsHtml } from './rows-html.ts'
import { StatusHero } from './StatusHero.tsx'
import { Tools } from './Tools.tsx'
import { Wall, wallRunsOn } from './Wall.tsx'

interface Props {
  readonly site: Pick<Site, 'heading' | 'subheading'>
  readonly model: OverviewModel
  readonly view: View
  readonly frame: Frame
  readonly rowsHtml: RowsHtml
}

/** The whole overview. The browser patches its regions one by one: those with an id, and the rows. */
export function Overview({ site, model, view, frame, rowsHtml, links }: Props & { links: PageLinks }) {
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
        {allStale(rows) && model.newestAt !== undefined && <StaleNotice newestAt={model.newestAt} now={now} />}
      </div>
      {rows.length === 0 ? (
        <NothingConfigured />
      ) : (
        <>
          <Attention rows={rows} frame={frame} rowsHtml={rowsHtml} />
          <Tools frame={frame} view={view} counts={counts} />
          <div id="list" class={listClass(model, view)}>
            {densityOf(view, rows.length) === 'wall' ? (
              <Wall model={model} view={view} frame={frame} rowsHtml={rowsHtml} />
            ) : (
              <List model={model} view={view} frame={frame} rowsHtml={rowsHtml} />
            )}
          </div>
          <Lately model={model} links={links} />
        </>
      )}
    </>
  )
}

function listClass(model: OverviewModel, view: View): string {
  const density = densityOf(view, model.rows.length)
  return density === 'wall' && wallRunsOn(model, view) ? `${density} on` : density
}

type ListProps = Omit<Props, 'site'>

function List(props: ListProps) {
  const { model, view, frame, rowsHtml } = props
  if (view.sort !== 'order') {
    const rows = flatList(model.rows, view)
    if (rows.length === 0) return <NoMatch search={view.search} frame={frame} />
    return (
      <section class="card group" aria-label={say('list')}>
        <ul class="rows" data-flat dangerouslySetInnerHTML={{ __html: rowsHtml(rows, 'flat') }} />
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
      {(model.rows.length > fewRows || view.groups !== 'auto') && !narrowed(view) && groups.length > 1 && (
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
      <ul class="rows" dangerouslySetInnerHTML={{ __html: rowsHtml(group.shown, 'group') }} />
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
    <search>
      <form action={frame.links.home()} method="get" class="seek">
        <span class="field">
          <Icon name="search" />
          <input type="search" name="q" placeholder={say('notFound.search')} aria-label={say('notFound.search')} />
        </span>
        <button type="submit">{say('tools.search.short')}</button>
      </form>
    </search>
  )
}
