import type { ComponentChildren } from 'preact'
import type { EndpointModel } from '../contract.ts'
import { chartOf, plotHeight, plotWidth } from '../model/chart.ts'
import type { Tick } from '../model/chart-ticks.ts'
import { latencyText } from '../model/numbers.ts'
import { say } from '../text/say.ts'

/** Response times over the range. Its table is that of the history above it. */
export function ResponseChart({ model }: { model: EndpointModel }) {
  const chart = chartOf(model.chart, model.latencyLimitsMs)
  if (chart === undefined) return <p class="quiet">{say('detail.chart.empty')}</p>
  const { topMs, outages, maintenance, peaks, limits, limitsAboveMs, ticks } = chart
  const highest = peaks.length === 0 ? undefined : Math.max(...peaks.map((peak) => peak.valueMs))
  const description = say('detail.chart.text', {
    name: model.row.name,
    range: say(`range.${model.range}.long`),
    median: latencyText(model.response.p50Ms),
    max: latencyText(model.response.maxMs),
  })
  return (
    <figure class="chart">
      <div class="plot" dir="ltr">
        <div class="ys" aria-hidden="true">
          {[4, 3, 2, 1, 0].map((quarter) => (
            <span key={quarter}>{latencyText((topMs * quarter) / 4)}</span>
          ))}
        </div>
        <svg
          id="chart"
          role="img"
          aria-label={description}
          viewBox={`0 0 ${plotWidth} ${plotHeight}`}
          preserveAspectRatio="none"
        >
          <path class="grid" d={gridPath(ticks)} />
          {maintenance.map(({ x, width }) => (
            <rect key={x} class="work" x={x} y="0" width={width} height={plotHeight} />
          ))}
          {outages.map(({ x, width }) => (
            <g key={x} class="outage">
              <rect x={x} y="0" width={width} height={plotHeight} />
              <path d={`M${x} 1h${width}`} />
            </g>
          ))}
          <path class="band" d={chart.band} />
          {limits.map(({ y, valueMs }) => (
            <path key={valueMs} class="limit" d={`M0 ${y}h${plotWidth}`} />
          ))}
          <path class="median" d={chart.line} />
          {peaks.map(({ x }) => (
            <path key={x} class="peak" d={`M${x} 5h0`} />
          ))}
          <path class="cross" d={`M0 0v${plotHeight}`} hidden />
        </svg>
      </div>
      <svg class="xs" aria-hidden="true">
        {ticks.map(({ at, words, midnight }) => (
          <text key={words} x={`${(at * 100).toFixed(2)}%`} y="0.8em" class={midnight ? 'midnight' : undefined}>
            {words}
          </text>
        ))}
      </svg>
      <p id="reading" aria-hidden="true" />
      <figcaption class="legend">
        <Key class="median">{say('detail.chart.line')}</Key>
        <Key class="band">{say('detail.chart.band')}</Key>
        {outages.length > 0 && <Key class="outage">{say('detail.chart.outage')}</Key>}
        {maintenance.length > 0 && <Key class="work">{say('detail.chart.maintenance')}</Key>}
        {[...limits.map(({ valueMs }) => valueMs), ...limitsAboveMs].map((limit) => (
          <Key key={limit} class="limit">
            {say('detail.chart.limit', { value: latencyText(limit) })}
          </Key>
        ))}
        {highest !== undefined && <Key class="peak">{say('detail.chart.peak', { value: latencyText(highest) })}</Key>}
      </figcaption>
    </figure>
  )
}

function gridPath(ticks: readonly Tick[]): string {
  const across = [1, 2, 3].map((quarter) => `M0 ${(plotHeight * quarter) / 4}h${plotWidth}`)
  const down = ticks.map(({ at }) => `M${Math.round(plotWidth * at)} 0v${plotHeight}`)
  return [...across, ...down].join('')
}

function Key({ class: name, children }: { class: string; children: ComponentChildren }) {
  return (
    <span>
      <svg class="key" width="16" height="10" viewBox="0 0 16 10" aria-hidden="true">
        {name === 'band' || name === 'outage' || name === 'work' ? (
          <g class={name}>
            <rect class={name} width="16" height="10" />
            {name === 'outage' && <path d="M0 1h16" />}
          </g>
        ) : (
          <path class={name} d={name === 'peak' ? 'M8 5h0' : 'M0 5h16'} />
        )}
      </svg>
      {children}
    </span>
  )
}
