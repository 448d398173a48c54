import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../simulate/random.ts'
import { createRandom } from '../../simulate/random.ts'
import { temporaryFolder } from '../../support/monitor.ts'
import { freePort } from '../../support/program.ts'
import { createAlertLedger } from '../alert-ledger.ts'
import { createNoticeLedger } from '../notice-ledger.ts'
import { metric, type RunningMonitor, startProgram } from '../program.ts'
import { createResultLedger } from '../result-ledger.ts'
import type { Findings, Scenario, ScenarioOptions } from '../scenario.ts'
import { createComplaints } from '../scenario.ts'
import type { Stored } from '../stored.ts'
import { readStored } from '../stored.ts'
import { startTarget } from '../target-process.ts'
import type { Mood } from '../webhook-receiver.ts'
import { webhookReceiver } from '../webhook-receiver.ts'

const endpoints = 1_000
const unsteady = 100
const maximumNumberOfResults = 100
const thresholds = { failureThreshold: 2, successThreshold: 2 }
const keysAskedFor = 3

/** Some kills come while it starts; most while a thousand checks a second run. */
async function untilKill(random: Random, { started }: RunningMonitor): Promise<void> {
  if (random.chance(0.15)) return void (await sleep(random.between(20, 900)))
  await started
  await sleep(random.between(300, 3_000))
}

/** The receiver is away in some lives, but never for so long that waiting for it takes longer than the scenario. */
function* moods(random: Random): Generator<Mood> {
  for (;;) {
    yield random.pick<Mood>(['refuses', 'cuts'])
    for (let lives = 2 + random.below(4); lives > 0; lives -= 1) yield random.pick<Mood>(['takes', 'takes', 'slow'])
  }
}

const configOf = (port: number, targetPort: number, webhookUrl: string) => ({
  metrics: true,
  web: { address: '127.0.0.1', port },
  storage: { type: 'sqlite', path: 'data.db', 'maximum-number-of-results': maximumNumberOfResults },
  alerting: { webhook: { url: webhookUrl } },
  endpoints: Array.from({ length: endpoints }, (_, index) => ({
    name: `${index}`,
    url: `http://127.0.0.1:${targetPort}/${index}`,
    interval: '1s',
    conditions: ['[STATUS] < 300', '[BODY].status == UP'],
    alerts: [
      {
        type: 'webhook',
        'failure-threshold': thresholds.failureThreshold,
        'success-threshold': thresholds.successThreshold,
        'send-on-resolved': true,
      },
    ],
  })),
})

const nothingStored: Stored = {
  damage: [],
  results: new Map(),
  events: new Map(),
  counts: new Map(),
  alerts: new Map(),
  notices: [],
}

/** The API's view of one endpoint begins with what was stored before the start, whatever has come since. */
async function shows(url: string, key: string, stored: readonly number[]): Promise<boolean> {
  const response = await fetch(`${url}/api/v1/endpoints/${key}/statuses?pageSize=${maximumNumberOfResults}`)
  const { results }: { results: { status?: number }[] } = await response.json()
  const shown = results.map(({ status }) => status)
  for (let fresh = 0; fresh <= shown.length; fresh += 1) {
    const expected = stored.slice(-Math.min(maximumNumberOfResults - fresh, stored.length))
    if (shown.length - fresh === expected.length && expected.every((status, i) => shown[i] === status)) return true
  }
  return false
}

async function untilDelivered({ url }: RunningMonitor): Promise<void> {
  for (let seconds = 0; seconds < 120; seconds += 1) {
    await sleep(1_000)
    if (seconds >= 4 && (await metric(url, 'vedette_notices_pending')) === 0) return
  }
}

async function run({ seed, rounds = 100, progress }: ScenarioOptions): Promise<Findings> {
  const random = createRandom(seed)
  using folder = temporaryFolder()
  using target = await startTarget({ seed, endpoints, unsteady })
  await using receiver = await webhookReceiver()
  const port = await freePort()
  const database = join(folder.path, 'data.db')
  writeFileSync(join(folder.path, 'config.yaml'), JSON.stringify(configOf(port, target.port, receiver.url)))

  const keys = Array.from({ length: endpoints }, (_, index) => `_${index}`)
  const complaints = { lost: createComplaints(), wrong: createComplaints() }
  const results = createResultLedger({ keys, maximumNumberOfResults, ...complaints })
  const alerts = createAlertLedger({ keys, thresholds, ...complaints })
  const notices = createNoticeLedger(complaints)

  /** Takes down what one life has left. */
  const endLife = async (endedAt: number, orderly: boolean): Promise<Stored> => {
    const stored = existsSync(database) ? readStored(database) : nothingStored
    const lives = results.endLife({ stored, answers: await target.drain(), endedAt, orderly })
    alerts.endLife(stored, lives)
    notices.endLife(stored, receiver.receipts, endedAt)
    return stored
  }

  const askForHistory = async ({ url, started }: RunningMonitor) => {
    await started
    for (let asked = 0; asked < keysAskedFor; asked += 1) {
      const key = `_${random.below(endpoints)}`
      const stored = results.statusesOf(key)
      if (stored.length > 0 && !(await shows(url, key, stored))) {
        complaints.lost.add(`${key}: the API does not show its history after a start`)
      }
    }
  }

  const mood = moods(random)
  for (let round = 1; round <= rounds; round += 1) {
    receiver.setMood(mood.next().value)
    await using monitor = startProgram(folder.path, port)
    // A kill during the start, or while it answers, ends this early.
    const asked = askForHistory(monitor).catch(() => {})
    await untilKill(random, monitor)
    const endedAt = Date.now()
    await monitor.end('SIGKILL')
    await asked
    const output = monitor.output()
    if (/"level":"(error|fatal)"/.test(output) && /stor(age|e)|database/.test(output))
      complaints.wrong.add(output.slice(0, 500))
    await endLife(endedAt, false)
    progress(`${round} kills, ${results.results} results, ${receiver.receipts.length} notices`)
  }

  target.calm()
  receiver.setMood('takes')
  await using last = startProgram(folder.path, port)
  await last.started
  await untilDelivered(last)
  await last.end('SIGTERM')
  const stored = await endLife(Date.now(), true)
  results.recount(stored)
  alerts.expectRest(stored)
  notices.expectAllDelivered(stored, receiver.receipts)

  const ages = [...results.unwrittenAges].sort((a, b) => a - b)
  return {
    tried: [
      [rounds, 'kills'],
      [results.checks, 'checks'],
      [results.results, 'results found'],
      [stored.notices.length, 'notices'],
    ],
    lost: complaints.lost.list(),
    wrong: complaints.wrong.list(),
    figures: {
      'oldest result not yet written at a kill, median ms': ages[ages.length >> 1] ?? 0,
      'most ms': ages.at(-1) ?? 0,
      'notices waiting at a kill': notices.pendingAtKills,
      'attempts turned away': receiver.turnedAway,
      'notices repeated': notices.repeated,
      'database MiB': Math.round(statSync(database).size / 2 ** 20),
    },
  }
}

export const kill: Scenario = {
  name: 'kill',
  about: 'kill -9 at random moments under 1,000 checks a second, with alerts whose receiver comes and goes',
  limitSeconds: 900,
  run,
}
