import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom } from '../../simulate/random.ts'
import { createBed } from '../bed.ts'
import { fuzzBytes, fuzzRequests } from '../fuzz/api.ts'
import { createFuzzBook } from '../fuzz/book.ts'
import { fuzzConditions } from '../fuzz/conditions.ts'
import { fuzzConfigurations, fuzzYaml } from '../fuzz/configurations.ts'
import type { Findings, Scenario, ScenarioOptions } from '../scenario.ts'

/** Of every thousand cases. */
const share = { conditions: 600, yaml: 180, configurations: 100, requests: 100, bytes: 20 }

/** `rounds`: how many thousand cases. */
async function run({ seed, rounds = 105, progress }: ScenarioOptions): Promise<Findings> {
  await using bed = await createBed({ seed, endpoints: 20, unsteady: 5 })
  const port = Number(new URL(bed.url).port)
  const random = createRandom(seed)
  const books = {
    conditions: createFuzzBook(seed, bed.wrong),
    yaml: createFuzzBook(seed, bed.wrong),
    configurations: createFuzzBook(seed, bed.wrong),
  }
  await using monitor = bed.start({ VEDETTE_LOG_LEVEL: 'ERROR' })
  await monitor.started
  await sleep(2_500)
  let [requests, bytes] = [0, 0]
  for (let round = 1; round <= rounds; round += 1) {
    fuzzConditions(random, share.conditions, books.conditions)
    fuzzYaml(random, share.yaml, books.yaml)
    fuzzConfigurations(random, share.configurations, books.configurations)
    requests += await fuzzRequests(random, share.requests, port, bed.wrong)
    bytes += await fuzzBytes(random, share.bytes, port, bed.wrong)
    progress(`${round},000 cases`)
  }
  const complaint = /.*"level":"(?:error|fatal)".*/.exec(monitor.output())
  if (complaint !== null) bed.wrong.add(`it complained: ${complaint[0].slice(0, 500)}`)
  await bed.finish(monitor)
  return bed.findings(
    [
      [books.conditions.cases, 'conditions'],
      [books.yaml.cases, 'YAML texts'],
      [books.configurations.cases, 'configurations'],
      [requests, 'requests'],
      [bytes, 'malformed heads'],
    ],
    {
      'conditions accepted': books.conditions.accepted,
      'configurations accepted': books.yaml.accepted + books.configurations.accepted,
      'slowest condition ms': Math.round(books.conditions.slowestMs),
      'slowest configuration ms': Math.round(Math.max(books.yaml.slowestMs, books.configurations.slowestMs)),
    },
  )
}

export const fuzz: Scenario = {
  name: 'fuzz',
  about: 'conditions, YAML, configurations and requests that nobody meant: no crash, no hang, no internal error',
  limitSeconds: 600,
  run,
}
