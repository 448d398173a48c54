// How fast the built monitor is, beside the least that Node takes, and beside a peer: see docs/performance.md.
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { createBench, createFloor } from './bench.js'
import { writeDocument } from './document.js'
import { fullName, isMissed } from './figures.js'
import { readResults, writeResults } from './results.js'
import { scenarios } from './scenarios/index.js'
import { peerOf, vedette } from './subject.js'
import { tablesOf } from './tables.js'

const usage = `npm run bench -- [options]

  --only NAMES         these scenarios, with commas between
  --list               say which there are
  --quick              for seconds instead of minutes; rough figures
  --peer COMMAND       compare with a monitor that reads the Gatus configuration at GATUS_CONFIG_PATH
  --peer-settings JSON put these settings at the top of its configuration, such as {"concurrency":100}
  --document           write the figures of bench/results.json into docs/performance.md; run nothing
`

const longestMs = 60 * 60_000

// Each folder and each process of a scenario has one for the case that the bench ends early.
process.setMaxListeners(0)

const options = {
  only: { type: 'string' },
  list: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  peer: { type: 'string' },
  'peer-settings': { type: 'string', default: '{}' },
  document: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
}

function chosen(only) {
  if (only === undefined) return scenarios.filter(({ extra }) => !extra)
  return only.split(',').map((name) => {
    const found = scenarios.find((scenario) => scenario.name === name)
    if (found === undefined) throw new Error(`there is no scenario ${name}: see --list`)
    return found
  })
}

async function runOne(scenario, subject, surroundings) {
  const bench = createBench(subject, surroundings)
  try {
    return await scenario.run(bench)
  } finally {
    await bench.close()
  }
}

const sameFigure = (a) => (b) => a.name === b.name && a.column === b.column

/** What goes wrong in one scenario must not cost the figures of the others. */
async function figuresOf(scenario, subject, surroundings) {
  try {
    return await runOne(scenario, subject, surroundings)
  } catch (error) {
    console.error(`${scenario.name} with ${subject.name}:`, error)
    process.exitCode = 1
    return []
  }
}

/** Runs a scenario for us, and then for the peer if it can. */
async function measure(scenario, peer, surroundings) {
  const startedAt = performance.now()
  const own = await figuresOf(scenario, vedette, surroundings)
  const compared = peer !== undefined && scenario.peer
  const theirs = compared ? await figuresOf(scenario, peer, surroundings) : []
  const peerOfFigure = (figure) => (figure.shared ? undefined : theirs.find(sameFigure(figure))?.value)
  const figures = own.map((figure) => ({ ...figure, peer: peerOfFigure(figure) }))
  const { name, about } = scenario
  const { quick, loadBefore } = surroundings
  const seconds = Math.round((performance.now() - startedAt) / 1_000)
  return { name, about, quick, loadBefore, peer: compared, at: new Date().toISOString(), seconds, figures }
}

function printMissed(results) {
  const missed = results.flatMap(({ name, figures }) => figures.filter(isMissed).map((figure) => ({ name, figure })))
  for (const { name, figure } of missed) console.log(`missed: ${name}: ${fullName(figure)}`)
}

async function main() {
  const { values } = parseArgs({ options })
  if (values.help) return console.log(usage)
  if (values.list) {
    for (const { name, about, extra } of scenarios)
      console.log(`${name.padEnd(14)}${about}${extra ? ' (by name only)' : ''}`)
    return
  }
  if (values.document) return writeDocument(readResults())
  const peer = values.peer === undefined ? undefined : peerOf(values.peer, JSON.parse(values['peer-settings']))
  const surroundings = { quick: values.quick, floor: createFloor(values.quick), loadBefore: loadavg()[0] }
  const results = []
  for (const scenario of chosen(values.only)) {
    console.log(`\n## ${scenario.name}: ${scenario.about}\n`)
    const result = await measure(scenario, peer, surroundings)
    results.push(result)
    console.log(`${tablesOf(result)}\n\n(${result.seconds} s)`)
    writeResults(results)
  }
  console.log()
  printMissed(results)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1))
setTimeout(() => {
  console.error(`the bench took longer than ${longestMs / 60_000} minutes`)
  process.exit(1)
}, longestMs).unref()

try {
  await main()
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
