import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'

const file = new URL('../../bench/results.json', import.meta.url)

const machine = () => ({
  processors: cpus().length,
  model: cpus()[0]?.model ?? 'unknown',
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  linux: release(),
  node: process.version,
})

export function readResults() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error('there are no figures yet: npm run bench')
    throw error
  }
}

/** Keeps these figures; those of scenarios that did not run stay as they were. */
export function writeResults(results) {
  let before = []
  try {
    before = readResults().results
  } catch {
    // The first ones, or no figures that could be read.
  }
  const others = before.filter(({ name }) => !results.some((result) => result.name === name))
  mkdirSync(new URL('.', file), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ machine: machine(), results: [...others, ...results] }, undefined, 2)}\n`)
}
