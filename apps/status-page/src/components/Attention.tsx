import type { EndpointRow } from '../contract.ts'
import { troubled } from '../model/select.ts'
import { countStates } from '../model/states.ts'
import { say } from '../text/say.ts'
import type { Frame } from './frame.ts'
import type { RowsHtml } from './rows-html.ts'

/** How many are listed; the rest is a link to the filter. */
export const attentionRows = 20

/** What is down or degraded, wherever it is in the list. Always in the page, so that a live change finds it. */
export function Attention({
  rows,
  frame,
  rowsHtml,
}: {
  rows: readonly EndpointRow[]
  frame: Frame
  rowsHtml: RowsHtml
}) {
  const all = troubled(rows)
  return (
    <section id="attention" class="card attention" aria-labelledby="attention-title" hidden={all.length === 0}>
      <div class="head">
        <AttentionHead rows={all} />
      </div>
      <ul class="rows" dangerouslySetInnerHTML={{ __html: rowsHtml(all.slice(0, attentionRows), 'attention') }} />
      <div>
        <AttentionRest n={all.length - attentionRows} frame={frame} />
      </div>
    </section>
  )
}

export function AttentionHead({ rows }: { rows: readonly EndpointRow[] }) {
  const { down, degraded } = countStates(rows)
  return (
    <>
      <h2 id="attention-title">{say('attention')}</h2>
      <span class="words">
        {down > 0 && <span class="t-down">{say('attention.down', { n: down })}</span>}
        {degraded > 0 && <span class="t-degraded">{say('attention.degraded', { n: degraded })}</span>}
      </span>
    </>
  )
}

export function AttentionRest({ n, frame }: { n: number; frame: Frame }) {
  if (n <= 0) return null
  return (
    <p class="rest">
      <a href={frame.links.home({ range: frame.range, filter: 'down' })}>{say('attention.more', { n })}</a>
    </p>
  )
}
