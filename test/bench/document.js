import { readFileSync, writeFileSync } from 'node:fs'
import { lossesOf, missedOf, tablesOf } from './tables.js'

const file = new URL('../../docs/performance.md', import.meta.url)

/** What stands between `<!-- bench: name -->` and `<!-- /bench -->`. */
const place = /(<!-- bench: (\S+) -->\n)[\s\S]*?(<!-- \/bench -->)/g

/** A machine with more to do than this is not quiet. */
const quietLoad = 0.5

const day = (text) => new Date(text).toLocaleDateString('en', { day: 'numeric', month: 'long', year: 'numeric' })

function machineText({ machine, results }) {
  const { processors, model, memoryGiB, linux, node } = machine
  const days = [...new Set(results.map(({ at }) => day(at)))].join(' and ')
  const load = Math.max(...results.map(({ loadBefore }) => loadBefore))
  const busy =
    load > quietLoad ? ` Others were at work on it: a load average of ${load.toFixed(1)} before the bench began.` : ''
  return `${processors} cores (${model}), ${memoryGiB} GiB, Linux ${linux}, Node ${node}; ${days}.${busy}`
}

/** Puts figures into the document, each scenario's into its place. */
export function writeDocument(kept) {
  const rough = kept.results.filter(({ quick }) => quick).map(({ name }) => name)
  if (rough.length > 0) throw new Error(`figures of --quick are too rough to be published: ${rough.join(', ')}`)
  const text = readFileSync(file, 'utf8').replace(place, (whole, begin, name, end) => {
    if (name === 'machine') return `${begin}\n${machineText(kept)}\n\n${end}`
    if (name === 'losses') return `${begin}\n${lossesOf(kept.results)}\n\n${end}`
    if (name === 'missed') return `${begin}\n${missedOf(kept.results)}\n\n${end}`
    const result = kept.results.find((one) => one.name === name)
    return result === undefined ? whole : `${begin}\n${tablesOf(result)}\n\n${end}`
  })
  writeFileSync(file, text)
}
