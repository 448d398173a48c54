import type { EndpointRow, OverviewModel } from '../contract.ts'
import { flatList } from '../model/groups.ts'
import type { View } from '../model/view.ts'
import { runsOn, type WallGroup, wallGroups } from '../model/wall.ts'
import { say } from '../text/say.ts'
import type { Frame } from './frame.ts'
import { groupId } from './Group.tsx'
import { StateIcon } from './icons.tsx'
import { Moment } from './Moment.tsx'
import { NoMatch } from './NoMatch.tsx'
import type { RowsHtml } from './rows-html.ts'

interface Props {
  readonly model: OverviewModel
  readonly view: View
  readonly frame: Frame
  readonly rowsHtml: RowsHtml
}

/** All endpoints at a glance: a tile each, in their groups, or in one order without them. */
export function Wall({ model, view, frame, rowsHtml }: Props) {
  if (view.sort !== 'order') {
    const rows = flatList(model.rows, view)
    if (rows.length === 0) return <NoMatch search={view.search} frame={frame} />
    return (
      <ul
        class="tiles"
        data-flat
        aria-label={say('list')}
        dangerouslySetInnerHTML={{ __html: rowsHtml(rows, 'wall') }}
      />
    )
  }
  const groups = wallGroups(model.rows, view)
  const none = groups.every((group) => group.rows.length === 0)
  return (
    <>
      {none && <NoMatch search={view.search} frame={frame} />}
      {groups.map((group) => (
        <section key={group.name} id={groupId(group.name)} data-g={group.name} hidden={group.rows.length === 0}>
          <h2>
            <WallHead group={group} />
          </h2>
          <ul class="tiles" dangerouslySetInnerHTML={{ __html: rowsHtml(group.rows, 'wall') }} />
        </section>
      ))}
    </>
  )
}

/** Whether the groups of this page's wall share their lines. */
export const wallRunsOn = (model: OverviewModel, view: View): boolean =>
  view.sort === 'order' && runsOn(wallGroups(model.rows, view))

export function WallHead({ group: { name, counts } }: { group: WallGroup }) {
  const troubles = (['down', 'degraded'] as const).filter((state) => counts[state] > 0)
  return (
    <>
      <bdi>{name === '' ? say('group.none') : name}</bdi>
      {troubles.map((state) => (
        <span key={state} class={`t-${state}`}>
          {say(`group.${state}`, { n: counts[state] })}
        </span>
      ))}
    </>
  )
}

/** One endpoint as a picture of its state. The words are read out, and shown beside the pointer. */
export function Tile({ row, frame }: { row: EndpointRow; frame: Frame }) {
  const { key, name, state, sinceAt, stale } = row
  const quiet = state === 'up' || state === 'pending' || sinceAt === undefined
  return (
    <a href={frame.links.endpoint(key, { range: frame.range })}>
      <StateIcon state={state} stale={stale} />
      <span class="tag">
        <bdi>{name}</bdi>
        {say('comma')}
        <span>{say(stale ? 'stale' : `state.${state}`)}</span>
        {!quiet && ' '}
        {!quiet && <Moment at={sinceAt} now={frame.now} format="for" />}
      </span>
    </a>
  )
}

export const tileAttributes = ({ state }: EndpointRow) => ({ class: 'tile', 'data-s': state })
