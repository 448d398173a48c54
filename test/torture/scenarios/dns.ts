import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventually } from '../../support/program.ts'
import { createBed } from '../bed.ts'
import { gapsOf } from '../gaps.ts'
import { metric } from '../program.ts'
import type { Findings, Scenario, ScenarioOptions, Skipped } from '../scenario.ts'

const endpoints = 200
const hanging = 120
const nameServer = '127.0.0.153'

interface Status {
  readonly group?: string
  readonly results: readonly { readonly success: boolean }[]
}

/** Takes every question, and answers none. */
async function silentNameServer() {
  const socket = createSocket('udp4')
  let questions = 0
  socket.on('message', () => {
    questions += 1
  })
  socket.bind(53, nameServer)
  await once(socket, 'listening')
  return { questions: () => questions, [Symbol.dispose]: () => void socket.close() }
}

const schemes = ['http', 'tcp', 'grpc', 'https'] as const

/** `rounds`: for how many seconds. */
async function run({ seed, rounds = 40, progress }: ScenarioOptions): Promise<Findings | Skipped> {
  const others = Array.from({ length: hanging }, (_, index) => ({
    name: `hanging ${index}`,
    group: 'hanging',
    url: `${schemes[index % schemes.length]}://host-${index}.example.test:8080`,
    interval: '1s',
    conditions: ['[CONNECTED] == true'],
    client: { timeout: '2s' },
  }))
  // By name, on a new connection each time: they need a look-up of their own.
  const named = (port: number) =>
    Array.from({ length: 10 }, (_, index) => ({
      name: `named ${index}`,
      group: 'named',
      url: `tcp://localhost:${port}`,
      interval: '1s',
      conditions: ['[CONNECTED] == true'],
      client: { timeout: '2s' },
    }))
  await using bed = await createBed({ seed, endpoints, unsteady: 0, others: named })
  const resolver = join(bed.folder, 'resolv.conf')
  writeFileSync(resolver, `nameserver ${nameServer}\n`)
  const mount = spawnSync('mount', ['--bind', resolver, '/etc/resolv.conf'], { encoding: 'utf8' })
  if (mount.status !== 0) return { skipped: `cannot change the name server here: ${mount.stderr?.trim()}` }
  let server: Awaited<ReturnType<typeof silentNameServer>>
  try {
    server = await silentNameServer()
  } catch (error) {
    return { skipped: `cannot be a name server here: ${String(error)}` }
  }
  using silent = server
  await using monitor = bed.start()
  await monitor.started
  await sleep(3_000)
  // The others are known by then: a name server begins to hang while a monitor runs.
  const whole = bed.configuration({})
  writeFileSync(
    join(bed.folder, 'config.yaml'),
    JSON.stringify({ ...whole, endpoints: [...whole.endpoints, ...others] }),
  )
  await eventually(() => silent.questions() > 0)
  const from = Date.now()
  for (let second = 1; second <= rounds; second += 1) {
    await sleep(1_000)
    progress(`${second} s, ${silent.questions()} questions`)
  }
  const to = Date.now()
  const list: readonly Status[] = await (await fetch(`${bed.url}/api/v1/endpoints/statuses?pageSize=100`)).json()
  const resultsOf = (wanted: string | undefined) =>
    list.filter(({ group }) => group === wanted).flatMap(({ results }) => results)
  const hung = resultsOf('hanging')
  if (silent.questions() === 0) bed.wrong.add('nobody asked the name server')
  if (hung.length === 0) bed.wrong.add('no check of an endpoint with a hanging name has ended')
  if (hung.some(({ success }) => success)) bed.wrong.add('an endpoint without an address is called healthy')
  for (const group of [undefined, 'named']) {
    const unjust = resultsOf(group).filter(({ success }) => !success).length
    if (unjust > 0) bed.wrong.add(`${unjust} checks of healthy endpoints (${group ?? 'by address'}) failed`)
  }
  if (resultsOf('named').length < 10) bed.wrong.add('endpoints by name were not checked')
  const skipped = await metric(bed.url, 'vedette_checks_skipped_total')
  const stoppedAt = performance.now()
  await bed.finish(monitor)
  const { longestMs, p99Ms } = gapsOf(bed.answers(), from, to)
  if (longestMs > 2_000) bed.wrong.add(`a healthy endpoint was not checked for ${longestMs} ms`)
  return bed.findings(
    [
      [hanging, 'names that hang'],
      [hung.length, 'checks that waited for one'],
    ],
    {
      'questions to the name server': silent.questions(),
      'time between two checks of a healthy endpoint, p99 ms': p99Ms,
      'most ms': longestMs,
      'checks skipped': skipped,
      'last notice and stop, s': Math.round((performance.now() - stoppedAt) / 1_000),
    },
  )
}

export const dns: Scenario = {
  name: 'dns',
  about: 'a name server that never answers, asked for 120 names, beside healthy endpoints by address and by name',
  limitSeconds: 180,
  needs: 'mounts',
  run,
}
