// Lets a run that was interrupted go on: Stryker itself only goes on from the report of a run that ended.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** All that an answer may depend on. One byte changed, and everything is asked anew. */
const inputs = [
  'packages/conditions/src',
  'apps/monitor/src',
  'docs/conditions.md',
  'test/mutation',
  'test/support',
  'test/vectors',
  'package-lock.json',
]

const filesIn = (path) =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path)
        .sort()
        .flatMap((name) => filesIn(join(path, name)))

function fingerprint() {
  const hash = createHash('sha256').update(process.version)
  for (const path of inputs.flatMap(filesIn)) hash.update(`\0${path}\0`).update(readFileSync(path))
  return hash.digest('hex')
}

function parsed(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // The interruption may have come while it was written.
  }
}

/** The events of one kind that Stryker's `event-recorder` left, each in a file of its own. */
function recorded(folder, kind) {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => name.endsWith(`-${kind}.json`))
  return names.map((name) => parsed(join(folder, name))).filter((event) => event !== undefined)
}

const keyed = (items, keyOf) => new Map(items.map((item) => [keyOf(item), item]))
const place = ({ mutatorName, replacement, location }) => JSON.stringify([mutatorName, replacement, location])

/** What was known with what was recorded since, by the file of the project that it is about. */
function joined(known, since, keyOf) {
  const byFile = new Map(known)
  for (const item of since) {
    const path = relative('.', item.fileName)
    const items = byFile.get(path) ?? new Map()
    byFile.set(path, items.set(keyOf(item), item))
  }
  return byFile
}

function reportOf(events, earlier = { files: {}, testFiles: {} }) {
  const known = (files, name, keyOf) => Object.entries(files).map(([path, file]) => [path, keyed(file[name], keyOf)])
  const mutants = joined(known(earlier.files, 'mutants', place), recorded(events, 'onMutantTested'), place)
  const run = recorded(events, 'onDryRunCompleted').flatMap(({ result }) => result.tests)
  const tests = joined(
    known(earlier.testFiles, 'tests', ({ id }) => id),
    run,
    ({ id }) => id,
  )
  const fileOf = ([path, items]) => [
    path,
    { language: 'typescript', source: readFileSync(path, 'utf8'), mutants: [...items.values()] },
  ]
  const testFileOf = ([path, items]) => [path, { tests: [...items.values()].map(({ id, name }) => ({ id, name })) }]
  return {
    files: Object.fromEntries([...mutants].map(fileOf)),
    testFiles: Object.fromEntries([...tests].map(testFileOf)),
  }
}

/** Makes `answers` the report to go on from, out of what an earlier run left in `events`, unless that is out of date. */
export function pickUp({ folder, events, answers }, { anew }) {
  const [file, print] = [join(folder, 'inputs'), fingerprint()]
  if (anew || !existsSync(file) || readFileSync(file, 'utf8') !== print) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    return writeFileSync(file, print)
  }
  if (existsSync(events)) writeFileSync(answers, JSON.stringify(reportOf(events, parsed(answers))))
}
