import type { EndpointRow } from '../contract.ts'
import { shownLatency } from '../model/looks.ts'
import { uptimeText } from '../model/numbers.ts'
import { barSentence } from '../model/sentence.ts'
import { say } from '../text/say.ts'
import { barCounts, type Frame } from './frame.ts'
import { HistoryBar } from './HistoryBar.tsx'
import { StateIcon } from './icons.tsx'
import { Moment } from './Moment.tsx'

/** Where a row stands: in its group, in a list without groups, or among what needs attention. */
export type RowPlace = 'group' | 'flat' | 'attention'

interface Props {
  readonly row: EndpointRow
  readonly frame: Frame
  readonly place: RowPlace
}

/** What needs attention is about the newest past, and needs the room for its reason. */
const attentionBars = 30

/** One endpoint. The `li` around it belongs to whoever makes the list: see `rowAttributes`. */
export function RowBody({ row, frame, place }: Props) {
  const attention = place === 'attention'
  // As keys, so that another text is another node: one aligned at its end would count as moved when its text changes.
  const uptime = uptimeText(row.uptime)
  const latency = shownLatency(row)
  return (
    <>
      <StateIcon state={row.state} stale={row.stale} />
      <div class="who">
        <a href={frame.links.endpoint(row.key, { range: frame.range })}>
          <bdi>{row.name}</bdi>
        </a>
        <p class="sub">
          {place !== 'group' && row.group !== '' && <bdi class="in">{row.group}</bdi>}
          {!attention && <RowState row={row} now={frame.now} />}
        </p>
      </div>
      {attention && (
        <p class="what">
          <RowState row={row} now={frame.now} />
        </p>
      )}
      <HistoryBar
        history={row.history}
        count={barCounts[frame.range]}
        {...(attention ? { newest: attentionBars } : {})}
      />
      <span class="vh">{barSentence(row, frame.range)}</span>
      <Figure key={`u${uptime}`} name="up-of" text={uptime} />
      {!attention && <Figure key={`l${latency}`} name="ms" text={latency} />}
    </>
  )
}

function Figure({ name, text }: { name: string; text: string }) {
  return <span class={`num ${name}`}>{text}</span>
}

function RowState({ row, now }: { row: EndpointRow; now: number }) {
  const word = say(`state.${row.state}`)
  if (row.state === 'pending') return <span>{say('row.pending')}</span>
  if (row.stale && row.lastCheckAt !== undefined) {
    return (
      <span class="t-degraded">
        <span class="vh">{word + say('comma')}</span>
        {say('stale')} <Moment at={row.lastCheckAt} now={now} format="for" />
      </span>
    )
  }
  if (row.state === 'up') {
    return (
      <span>
        <span class="vh">{word + say('comma')}</span>
        <bdi>{row.host ?? row.type}</bdi>
      </span>
    )
  }
  return (
    <>
      <span class={`t-${row.state} now`}>
        {word}
        {row.sinceAt !== undefined && ' '}
        {row.sinceAt !== undefined && <Moment at={row.sinceAt} now={now} format="for" />}
      </span>
      {row.reason !== undefined && (
        <span class="why">
          <code>{row.reason}</code>
        </span>
      )}
    </>
  )
}

/**
 * Together with its link and its bars, what the browser reads back from a row instead of keeping a second copy of the
 * data.
 */
export const rowAttributes = ({ state }: EndpointRow) => ({ class: 'row', 'data-s': state })

export function Row(props: Props) {
  return (
    <li {...rowAttributes(props.row)}>
      <RowBody {...props} />
    </li>
  )
}
