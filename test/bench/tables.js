import { fullName, isMissed, ratioOf } from './figures.js'

const absent = '–'

const digits = (value) => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2)

export function text(value) {
  if (value === undefined || value === null) return absent
  if (typeof value !== 'number') return String(value)
  const places = Number.isInteger(value) ? 0 : digits(value)
  return value.toLocaleString('en', { minimumFractionDigits: places, maximumFractionDigits: places })
}

const times = (ratio) => (ratio === undefined ? absent : `× ${text(Number(ratio.toPrecision(2)))}`)

function limitText({ better, limit, timesPeer }) {
  if (limit !== undefined) return `${better === 'less' ? 'at most' : 'at least'} ${text(limit)}`
  return timesPeer === undefined ? '' : `${text(timesPeer)} times the peer`
}

/** A Markdown table whose columns stand under each other; all but the first are numbers. */
function table(head, rows) {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column].length)))
  const line = (cells) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

function plainTable(figures, withPeer) {
  const withFloor = figures.some(({ floor }) => floor !== undefined)
  const withLimit = figures.some(({ limit }) => limit !== undefined)
  const columns = [
    ['', ({ name, unit }) => (unit === '' ? name : `${name}, ${unit}`)],
    ['Vedette', (figure) => `${text(figure.value)}${isMissed(figure) ? ' (missed)' : ''}`],
    ...(withPeer
      ? [
          ['peer', ({ peer }) => text(peer)],
          ['better', (figure) => times(ratioOf(figure, figure.value, figure.peer))],
        ]
      : []),
    ...(withFloor
      ? [['of a bare request', ({ value, floor }) => (floor === undefined ? '' : times(value / floor))]]
      : []),
    ...(withLimit ? [['goal', limitText]] : []),
  ]
  return table(
    columns.map(([head]) => head),
    figures.map((figure) => columns.map(([, cell]) => cell(figure))),
  )
}

/** Figures with a `column`: one line for each name. */
function crossTable(figures, withPeer) {
  const titleOf = ({ column, unit }) => (unit === '' ? column : `${column}, ${unit}`)
  const columns = [...new Set(figures.map(titleOf))]
  const lines = new Map()
  for (const figure of figures) {
    const line = lines.get(figure.name) ?? new Map()
    lines.set(figure.name, line.set(titleOf(figure), figure))
  }
  const cell = (figure) => {
    if (figure === undefined) return absent
    const own = `${text(figure.value)}${isMissed(figure) ? ' (missed)' : ''}`
    if (!withPeer) return own
    return `${own} / ${text(figure.peer)} ${times(ratioOf(figure, figure.value, figure.peer))}`
  }
  const head = withPeer ? 'Vedette / peer × better' : ''
  return table(
    [head, ...columns],
    [...lines].map(([name, line]) => [name, ...columns.map((column) => cell(line.get(column)))]),
  )
}

/** The figures of a scenario as Markdown. */
export function tablesOf({ figures, peer }) {
  const plain = figures.filter(({ column }) => column === undefined)
  const crossed = figures.filter(({ column }) => column !== undefined)
  return [plain.length > 0 && plainTable(plain, peer), crossed.length > 0 && crossTable(crossed, peer)]
    .filter(Boolean)
    .join('\n\n')
}

/** Every figure in which the peer is better, the worst first. */
export function lossesOf(results) {
  const losses = results.flatMap(({ name, figures }) =>
    figures
      .map((figure) => ({ scenario: name, figure, ratio: ratioOf(figure, figure.value, figure.peer) }))
      .filter(({ ratio }) => ratio < 1),
  )
  losses.sort((a, b) => a.ratio - b.ratio)
  return table(
    ['', 'Vedette', 'peer', 'better'],
    losses.map(({ scenario, figure, ratio }) => [
      `${scenario}: ${fullName(figure)}${figure.unit === '' ? '' : `, ${figure.unit}`}`,
      text(figure.value),
      text(figure.peer),
      times(ratio),
    ]),
  )
}

/** Every goal that was not reached. */
export function missedOf(results) {
  const missed = results.flatMap(({ name, figures }) => figures.filter(isMissed).map((figure) => ({ name, figure })))
  return table(
    ['', 'Vedette', 'goal'],
    missed.map(({ name, figure }) => [
      `${name}: ${fullName(figure)}${figure.unit === '' ? '' : `, ${figure.unit}`}`,
      text(figure.value),
      limitText(figure),
    ]),
  )
}
