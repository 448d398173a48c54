/** A point of the response time chart. */
export interface ChartPoint {
  readonly at: number
  readonly valueMs: number
}

const width = 1280
const height = 300
const margin = { left: 10, right: 70, top: 10, bottom: 30 }

const hours = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' })

const clockLabel = (at: number) => hours.format(at).replace(/\s/g, '')
const dateLabel = (at: number) => new Date(at).toISOString().slice(0, 10)

const round = (value: number) => Math.round(value * 10) / 10

/** Average response time over time, as an image on a transparent ground; needs at least one point. */
export function drawChart(points: readonly ChartPoint[], window: '24h' | '7d' | '30d'): string {
  const first = points[0]?.at ?? 0
  const last = points.at(-1)?.at ?? first
  const highest = Math.max(1, Math.ceil(1.25 * Math.max(...points.map(({ valueMs }) => valueMs))))
  const innerWidth = width - margin.left - margin.right
  const innerHeight = height - margin.top - margin.bottom
  const x = (at: number) =>
    round(margin.left + (last === first ? innerWidth / 2 : ((at - first) / (last - first)) * innerWidth))
  const y = (value: number) => round(margin.top + innerHeight - (value / highest) * innerHeight)
  const label = window === '30d' ? dateLabel : clockLabel
  const steps = [0, 0.25, 0.5, 0.75, 1]
  const grid = steps.map((step) => `M${margin.left} ${y(step * highest)}h${innerWidth}`).join('')
  const yLabels = steps
    .map(
      (step) =>
        `<text x="${width - margin.right + 6}" y="${y(step * highest) + 4}">${(step * highest).toFixed(2)}</text>`,
    )
    .join('')
  const xLabels = [0, 1, 2, 3, 4, 5]
    .map((index) => first + ((last - first) * index) / 5)
    .map(
      (at, index) =>
        `<text x="${x(at)}" y="${height - 10}" text-anchor="${index === 0 ? 'start' : 'middle'}">${label(at)}</text>`,
    )
    .join('')
  const line = points.map(({ at, valueMs }) => `${x(at)} ${y(valueMs)}`).join('L')
  const dots = points.map(({ at, valueMs }) => `<circle cx="${x(at)}" cy="${y(valueMs)}" r="2"/>`).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Average response time in milliseconds"><title>Average response time in milliseconds, ${window}</title>
<path d="${grid}" stroke="rgb(119,119,119)" stroke-opacity=".16" fill="none"/>
<g fill="rgb(119,119,119)" font-family="Roboto,sans-serif" font-size="13">${yLabels}${xLabels}<text transform="translate(${width - 8} ${height / 2}) rotate(90)" text-anchor="middle">Average response time</text></g>
<path d="M${line}" stroke="rgb(0,116,217)" stroke-width="1.5" fill="none"/><g fill="rgb(0,116,217)">${dots}</g></svg>`
}
