import type { EndpointRow } from '../contract.ts'
import { byGroup } from '../model/by-group.ts'
import { headline, listText } from '../model/headline.ts'
import { allStale } from '../model/states.ts'
import { say } from '../text/say.ts'
import { StateIcon } from './icons.tsx'
import { Moment } from './Moment.tsx'

interface Props {
  readonly rows: readonly EndpointRow[]
  readonly now: number
}

/** The answer: a sentence that names what is broken, and the facts that follow from it. */
export function StatusHero({ rows, now }: Props) {
  const { state, pieces, offlineHint } = headline(rows)
  return (
    <>
      <StateIcon state={state} stale={allStale(rows)} big />
      <div>
        <h1>{pieces.map((piece) => (typeof piece === 'string' ? piece : <bdi key={piece.name}>{piece.name}</bdi>))}</h1>
        <p class="meta">
          {offlineHint ? <span>{say('headline.offline')}</span> : <Facts rows={rows} state={state} now={now} />}
        </p>
      </div>
    </>
  )
}

function Facts({ rows, state, now }: Props & { state: EndpointRow['state'] }) {
  const affected = state === 'down' || state === 'degraded' ? rows.filter((row) => row.state === state) : []
  const groups = [...byGroup(affected).keys()].filter((name) => name !== '')
  const since = Math.min(...affected.map((row) => row.sinceAt ?? Number.POSITIVE_INFINITY))
  const waiting = rows.filter((row) => row.state === 'pending').length
  return (
    <>
      {groups.length > 0 && <span>{say('hero.affected', { groups: listText(groups) })}</span>}
      {affected.length === 0 && <span>{countText(rows)}</span>}
      {waiting > 0 && waiting < rows.length && <span>{say('hero.waiting', { n: waiting })}</span>}
      {Number.isFinite(since) && <Moment at={since} now={now} format="since" />}
    </>
  )
}

function countText(rows: readonly EndpointRow[]): string {
  const groups = new Set(rows.map((row) => row.group)).size
  return groups > 1 ? say('hero.count.groups', { n: rows.length, groups }) : say('hero.count', { n: rows.length })
}
