import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { createBed } from '../bed.ts'
import { untilDegraded } from '../health.ts'
import { metric } from '../program.ts'
import type { Findings, Scenario, ScenarioOptions } from '../scenario.ts'

const endpoints = 200
const unsteady = 50
const lockedMs = 8_000

async function run({ seed, rounds = 3, progress }: ScenarioOptions): Promise<Findings> {
  await using bed = await createBed({ seed, endpoints, unsteady })
  await using monitor = bed.start()
  await monitor.started
  let noticesWhileLocked = 0
  for (let round = 1; round <= rounds; round += 1) {
    await sleep(3_000)
    const other = new Sqlite(bed.database, { timeout: 5_000 })
    try {
      other.exec('begin exclusive')
      await untilDegraded(bed.url, 'storage', true)
      const before = bed.receiver.receipts.length
      await sleep(lockedMs)
      noticesWhileLocked += bed.receiver.receipts.length - before
    } finally {
      other.close()
    }
    await untilDegraded(bed.url, 'storage', false)
    progress(`locked ${round} times, ${noticesWhileLocked} notices meanwhile`)
  }
  if (noticesWhileLocked === 0) bed.wrong.add('no notice got out while the database was locked')
  const given = await metric(bed.url, 'vedette_results_lost_total')
  if (given > 0) bed.lost.add(`${given} results were given up`)
  const skipped = await metric(bed.url, 'vedette_checks_skipped_total')
  await bed.finish(monitor)
  return bed.findings([[rounds, 'times locked']], {
    'notices sent while it was locked': noticesWhileLocked,
    'checks skipped': skipped,
  })
}

export const locked: Scenario = {
  name: 'locked',
  about: 'another process holds the database for a while, under 200 checks a second with alerts',
  limitSeconds: 180,
  run,
}
