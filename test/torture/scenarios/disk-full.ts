import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBed } from '../bed.ts'
import { untilDegraded } from '../health.ts'
import { metric } from '../program.ts'
import type { Findings, Scenario, ScenarioOptions, Skipped } from '../scenario.ts'

const endpoints = 200
const unsteady = 50
const fullMs = 8_000

/** Fills a disk to the last byte. */
function fill(file: string): void {
  for (const bytes of [256 * 1024, 4_096, 512, 1]) {
    const piece = Buffer.alloc(bytes)
    try {
      for (let pieces = 0; pieces < 1_000; pieces += 1) appendFileSync(file, piece)
    } catch {
      // What remains is smaller than this.
    }
  }
}

async function run({ seed, rounds = 3, progress }: ScenarioOptions): Promise<Findings | Skipped> {
  await using bed = await createBed({ seed, endpoints, unsteady, database: 'disk/data.db' })
  const disk = join(bed.folder, 'disk')
  const ballast = join(disk, 'ballast')
  mkdirSync(disk)
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk], { encoding: 'utf8' })
  if (mount.status !== 0) return { skipped: `cannot mount a small disk here: ${mount.stderr?.trim()}` }
  try {
    await using monitor = bed.start()
    await monitor.started
    let noticesWhileFull = 0
    for (let round = 1; round <= rounds; round += 1) {
      await sleep(3_000)
      fill(ballast)
      await untilDegraded(bed.url, 'storage', true)
      const before = bed.receiver.receipts.length
      await sleep(fullMs)
      noticesWhileFull += bed.receiver.receipts.length - before
      rmSync(ballast)
      await untilDegraded(bed.url, 'storage', false)
      progress(`full ${round} times, ${noticesWhileFull} notices meanwhile`)
    }
    if (noticesWhileFull === 0) bed.wrong.add('no notice got out while the disk was full')
    const given = await metric(bed.url, 'vedette_results_lost_total')
    if (given > 0) bed.lost.add(`${given} results were given up`)
    await bed.finish(monitor)
    return bed.findings([[rounds, 'times full']], { 'notices sent while it was full': noticesWhileFull })
  } finally {
    spawnSync('umount', [disk])
  }
}

export const diskFull: Scenario = {
  name: 'disk-full',
  about: 'the disk of the database is full for a while, under 200 checks a second with alerts',
  limitSeconds: 180,
  needs: 'mounts',
  run,
}
