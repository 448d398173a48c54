import type { EndpointModel } from '../contract.ts'
import {
  bucketAt,
  bucketFailures,
  bucketSentence,
  bucketTime,
  checksIn,
  medianText,
  type NamedBucket,
  namedBuckets,
} from '../model/buckets.ts'
import { durationText, latencyText } from '../model/numbers.ts'
import { barSentence } from '../model/sentence.ts'
import { iso, momentText, timeText } from '../model/times.ts'
import type { View } from '../model/view.ts'
import { formatNumber, say } from '../text/say.ts'
import { CheckList } from './CheckList.tsx'
import { barCounts, type Frame } from './frame.ts'
import { HistoryBar } from './HistoryBar.tsx'
import { Icon } from './icons.tsx'
import { RangeLinks } from './Tools.tsx'

interface Props {
  readonly model: EndpointModel
  readonly view: View
  readonly frame: Frame
  /** The bar chosen by keyboard. Only with a script the bar is a control. */
  readonly slider?: number | undefined
}

export function HistorySection({ model, view, frame, slider }: Props) {
  const { row, range } = model
  const named = namedBuckets(model)
  const chosen = bucketAt(named, view.at)
  return (
    <section class="card pad history" id="history">
      <div class="head">
        <h2>{say('detail.history')}</h2>
        <RangeLinks frame={frame} href={(to) => frame.links.endpoint(row.key, { range: to }, '#history')} />
      </div>
      <div class="lane" id="lane" data-label={say('detail.slider')} {...sliderAttributes(slider, named, model)}>
        <HistoryBar history={row.history} count={barCounts[range]} kind="detail" />
        <p class="vh">{barSentence(row, range)}</p>
        <p class="ends" dir="ltr" aria-hidden="true">
          <span>{axisStart(model)}</span>
          <span>{say('time.now')}</span>
        </p>
      </div>
      {chosen !== undefined && <Chosen chosen={chosen} model={model} frame={frame} />}
      <BucketTable named={named} model={model} frame={frame} />
    </section>
  )
}

/** One stop for the keyboard, which reads out each bucket. Names as in HTML, for the browser finds them there. */
export function sliderAttributes(index: number | undefined, named: readonly NamedBucket[], model: EndpointModel) {
  if (index === undefined) return {}
  const bars = barCounts[model.range]
  const bucket = named[index - (bars - named.length)]
  return {
    role: 'slider',
    tabindex: 0,
    'aria-readonly': true,
    'aria-label': say('detail.slider'),
    'aria-valuemin': 0,
    'aria-valuemax': bars - 1,
    'aria-valuenow': index,
    'aria-valuetext': bucket === undefined ? say('detail.nochecks') : bucketSentence(bucket, model.now),
  } as const
}

function Chosen({ chosen, model, frame }: { chosen: NamedBucket; model: EndpointModel; frame: Frame }) {
  const { bucket, kind } = chosen
  const checks = checksIn(model.checks, bucket)
  return (
    <div class="chosen">
      <div class="head">
        <h3>{say('time.utc', { time: bucketTime(bucket, model.now) })}</h3>
        <a href={frame.links.endpoint(model.row.key, { range: model.range }, '#history')}>{say('detail.unselect')}</a>
      </div>
      <p>
        {say(`class.${kind}`)} · {bucketFailures(bucket)}
        {bucket.p50Ms !== undefined && ` · ${medianText(bucket.p50Ms)}`}
      </p>
      {checks.length > 0 ? (
        <CheckList checks={checks} now={model.now} />
      ) : (
        bucket.count > 0 && <p class="quiet">{say('detail.checks.bucket')}</p>
      )}
    </div>
  )
}

/** The same as the bar and the chart, as numbers. Newest first; what is before the first result is left out. */
function BucketTable({ named, model, frame }: { named: readonly NamedBucket[]; model: EndpointModel; frame: Frame }) {
  const firstKnown = named.findIndex(({ bucket }) => bucket.count > 0)
  const rows = firstKnown < 0 ? [] : named.slice(firstKnown).reverse()
  if (rows.length === 0) return null
  return (
    <details class="older">
      <summary>
        {say('detail.table')} <Icon name="chevron" class="chevron" />
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too. */}
      <section class="scroll" tabIndex={0} aria-label={say('detail.history')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('detail.table.time')}</th>
              <th scope="col">{say('detail.table.state')}</th>
              <th scope="col">{say('detail.table.failed')}</th>
              <th scope="col">{say('detail.table.checks')}</th>
              <th scope="col">{say('detail.table.median')}</th>
              <th scope="col">{say('detail.table.p95')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ bucket, kind }) => (
              <tr key={bucket.startAt}>
                <th scope="row">
                  <a href={linkTo(bucket.startAt, model, frame)}>{bucketTime(bucket, model.now)}</a>
                </th>
                <td>{say(`class.${kind}`)}</td>
                <td>{formatNumber(bucket.failures)}</td>
                <td>{formatNumber(bucket.count)}</td>
                <td>{latencyText(bucket.p50Ms)}</td>
                <td>{latencyText(bucket.p95Ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}

const linkTo = (at: number, model: EndpointModel, frame: Frame): string =>
  frame.links.endpoint(model.row.key, { range: model.range, at: iso(at) }, '#history')

/** Where the bar begins; for single checks how far they reach back, such as `60 checks, 58 min`. */
function axisStart({ buckets, now, range }: EndpointModel): string {
  const first = buckets[0]
  if (first === undefined) return ''
  if (range !== 'checks') return range === '24h' ? momentText(first.startAt, now) : timeText(first.startAt, 'day')
  return say('detail.history.spans', { n: buckets.length, duration: durationText(now - first.startAt) })
}
