import { setTimeout as sleep } from 'node:timers/promises'
import { createBed } from '../bed.ts'
import { gapsOf } from '../gaps.ts'
import { hostileEndpoints, hostileGroup } from '../hostile-endpoints.ts'
import { watchMemory } from '../memory.ts'
import { metric } from '../program.ts'
import type { Findings, Scenario, ScenarioOptions } from '../scenario.ts'

const endpoints = 200
const longestReason = 300
/** What memory may differ by, in MiB, without growing. */
const memoryAllowance = 40

interface Status {
  readonly name: string
  readonly group?: string
  readonly results: readonly { readonly success: boolean; readonly errors?: readonly string[] }[]
}

/** `rounds`: for how many seconds. */
async function run({ seed, rounds = 40, progress }: ScenarioOptions): Promise<Findings> {
  await using hostile = await hostileEndpoints()
  await using bed = await createBed({ seed, endpoints, unsteady: 0, others: hostile.endpoints })
  await using monitor = bed.start()
  await monitor.started
  using memory = watchMemory(monitor.process.pid)
  await sleep(2_000)
  const from = Date.now()
  for (let second = 1; second <= rounds; second += 1) {
    await sleep(1_000)
    progress(`${second} s, ${JSON.stringify(memory.quarters())}`)
  }
  const to = Date.now()
  const { early, late, most } = memory.quarters()
  if (late > early + memoryAllowance) bed.wrong.add(`memory grew from ${early} to ${late} MiB`)

  const list: readonly Status[] = await (await fetch(`${bed.url}/api/v1/endpoints/statuses?pageSize=100`)).json()
  const attacked = list.filter(({ group }) => group === hostileGroup)
  for (const { name } of hostile.endpoints) {
    if (!attacked.some((status) => status.name === name)) bed.wrong.add(`${name}: no check of it has ever ended`)
  }
  let failures = 0
  for (const { name, results } of attacked) {
    for (const { success, errors = [] } of results) {
      failures += 1
      if (success) bed.wrong.add(`${name}: called healthy`)
      for (const error of errors) {
        if (error.length > longestReason)
          bed.wrong.add(`${name}: a reason of ${error.length} characters: ${error.slice(0, 200)}`)
      }
    }
  }
  const skippedHostile = await metric(bed.url, 'vedette_checks_skipped_total')
  const failed = list.filter(({ group }) => group === undefined).flatMap(({ results }) => results)
  const unjust = failed.filter(({ success }) => !success).length
  if (unjust > 0) bed.wrong.add(`${unjust} checks of healthy endpoints failed`)
  await bed.finish(monitor)
  const { longestMs, p99Ms } = gapsOf(bed.answers(), from, to)
  if (longestMs > 2_000) bed.wrong.add(`a healthy endpoint was not checked for ${longestMs} ms`)
  return bed.findings(
    [
      [hostile.endpoints.length, 'hostile endpoints'],
      [failures, 'hostile answers'],
    ],
    {
      'memory early, late, most MiB': `${early}, ${late}, ${most}`,
      'time between two checks of a healthy endpoint, p99 ms': p99Ms,
      'most ms': longestMs,
      'checks skipped': skippedHostile,
    },
  )
}

export const hostile: Scenario = {
  name: 'hostile',
  about: 'targets that pour, drip, explode, lie, hang and reset, over every protocol, beside 200 healthy ones',
  limitSeconds: 180,
  run,
}
