import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundle } from '../support/bundle.js'
import { keyOf } from './fleet.js'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const outDir = path('../../node_modules/.cache/bench')

let bundled

/** Writes a database in which these endpoints have been checked every minute for so many days. */
export async function writePast(databasePath, endpoints, days) {
  bundled ??= bundle({ past: path('workers/past.ts') }, outDir)
  await bundled
  const order = {
    databasePath,
    days,
    migrationsFolder: path('../../apps/monitor/drizzle'),
    endpoints: endpoints.map(({ name, group }, index) => ({ key: keyOf(index), name, group })),
  }
  const file = `${databasePath}.order.json`
  writeFileSync(file, JSON.stringify(order))
  const child = spawn(process.execPath, [`${outDir}/past.js`, file], { stdio: 'inherit' })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const code = await new Promise((resolve) => child.once('exit', resolve))
  process.removeListener('exit', kill)
  if (code !== 0) throw new Error(`the past could not be written: exit code ${code}`)
}
