import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { temporaryFolder } from '../support/monitor.ts'
import { freePort } from '../support/program.ts'
import { createAlertLedger } from './alert-ledger.ts'
import { createNoticeLedger, type NoticeLedger } from './notice-ledger.ts'
import { metric, type RunningMonitor, startProgram } from './program.ts'
import { createResultLedger, type ResultLedger } from './result-ledger.ts'
import type { Complaints, Findings } from './scenario.ts'
import { createComplaints } from './scenario.ts'
import { nothingStored, readStored, type Stored } from './stored.ts'
import { type Answers, pulsePath } from './target-messages.ts'
import { startTarget, type TargetProcess } from './target-process.ts'
import { type WebhookReceiver, webhookReceiver } from './webhook-receiver.ts'

const thresholds = { failureThreshold: 2, successThreshold: 2 }

/**
 * What failed is left alone for 30 s, and then tried again with the next notice that is taken. Nor is it waited for so long
 * that results of the same life are pushed out.
 */
const longestWaitSeconds = 60
const spareSeconds = 20

export interface BedOptions {
  readonly seed: number
  readonly endpoints: number
  /** So many of them fail now and then. */
  readonly unsteady: number
  readonly intervalSeconds?: number
  /** Kept of each endpoint; no life may be longer, or not all of it can be compared. */
  readonly maximumNumberOfResults?: number
  /** Where the database lies within the folder. */
  readonly database?: string
  /** Endpoints beside those that are compared with what they answered. */
  readonly others?: readonly object[] | ((targetPort: number) => readonly object[])
}

/** Endpoints, a monitor that watches them, somebody who gets its alerts, and books that are kept of all three. */
export interface Bed extends AsyncDisposable {
  readonly folder: string
  /** Path of the database. */
  readonly database: string
  readonly url: string
  readonly target: TargetProcess
  readonly receiver: WebhookReceiver
  readonly lost: Complaints
  readonly wrong: Complaints
  readonly results: ResultLedger
  readonly notices: NoticeLedger
  /** What `start` writes, with other values at its top. */
  configuration(changes: object): { readonly endpoints: readonly object[] }
  start(env?: Record<string, string>): RunningMonitor
  /** Compares what one life has left with what it was told. */
  endLife(endedAt: number, orderly: boolean): Promise<Stored>
  /** All answers that the endpoints have given, up to the end of the last life. */
  answers(): Answers
  /** Lets all endpoints be up, waits for the last notice, stops the monitor, and compares everything. */
  finish(monitor: RunningMonitor): Promise<Stored>
  findings(tried: Findings['tried'], figures: Findings['figures']): Findings
}

export async function createBed(options: BedOptions): Promise<Bed> {
  const { seed, endpoints, unsteady, intervalSeconds = 1, others = [], maximumNumberOfResults = 1_000 } = options
  const folder = temporaryFolder()
  const target = await startTarget({ seed, endpoints, unsteady })
  const receiver = await webhookReceiver()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const databaseName = options.database ?? 'data.db'
  const database = join(folder.path, databaseName)

  const keys = Array.from({ length: endpoints }, (_, index) => `_${index}`)
  const lost = createComplaints()
  const wrong = createComplaints()
  const results = createResultLedger({ keys, maximumNumberOfResults, lost, wrong })
  const alerts = createAlertLedger({ keys, thresholds, lost, wrong })
  const notices = createNoticeLedger({ lost, wrong })

  const alert = {
    type: 'webhook',
    'failure-threshold': thresholds.failureThreshold,
    'success-threshold': thresholds.successThreshold,
    'send-on-resolved': true,
  }
  const config = {
    metrics: true,
    web: { address: '127.0.0.1', port },
    storage: {
      type: 'sqlite',
      path: databaseName,
      'maximum-number-of-results': maximumNumberOfResults,
      'maximum-number-of-events': 10_000,
    },
    alerting: { webhook: { url: receiver.url } },
    endpoints: [
      ...Array.from({ length: endpoints }, (_, index) => ({
        name: `${index}`,
        url: `http://127.0.0.1:${target.port}/${index}`,
        interval: `${intervalSeconds}s`,
        conditions: ['[STATUS] < 300', '[BODY].status == UP'],
        alerts: [alert],
      })),
      // Whoever takes its notices is brought those that wait: nobody has to sit out what the monitor would wait by itself.
      {
        name: 'pulse',
        url: `http://127.0.0.1:${target.port}${pulsePath}`,
        interval: '1s',
        conditions: ['[STATUS] < 300'],
        alerts: [{ ...alert, 'failure-threshold': 1, 'success-threshold': 1 }],
      },
      ...(typeof others === 'function' ? others(target.port) : others),
    ],
  }
  const configuration = (changes: object) => ({ ...config, ...changes })
  const answered: Answers = { endpoints: [], statuses: [], times: [] }
  let output = () => ''
  let waitedSeconds = 0

  const endLife = async (endedAt: number, orderly: boolean) => {
    const stored = existsSync(database) ? readStored(database) : nothingStored
    const answers = await target.drain()
    for (const column of ['endpoints', 'statuses', 'times'] as const) {
      for (const value of answers[column]) answered[column].push(value)
    }
    const lives = results.endLife({ stored, answers, endedAt, orderly })
    alerts.endLife(stored, lives)
    notices.endLife({ stored, receipts: receiver.receipts, endedAt, output: output() })
    return stored
  }

  const untilDelivered = async (leastSeconds: number, deadline: number) => {
    for (let seconds = 0; performance.now() < deadline; seconds += 1) {
      await sleep(1_000)
      if (seconds >= leastSeconds && (await metric(url, 'vedette_notices_pending')) === 0) return
    }
  }

  return {
    folder: folder.path,
    database,
    url,
    target,
    receiver,
    lost,
    wrong,
    results,
    notices,
    configuration,
    answers: () => answered,
    start(env) {
      writeFileSync(join(folder.path, 'config.yaml'), JSON.stringify(config))
      const monitor = startProgram(folder.path, port, env)
      output = monitor.output
      return monitor
    },
    endLife,
    async finish(monitor) {
      target.calm()
      receiver.setMood('takes')
      await monitor.started
      const mostSeconds = Math.min(longestWaitSeconds, maximumNumberOfResults * intervalSeconds - spareSeconds)
      const calmAt = performance.now()
      const deadline = calmAt + mostSeconds * 1_000
      await untilDelivered(3 * intervalSeconds, deadline)
      waitedSeconds = Math.round((performance.now() - calmAt) / 1_000)
      target.rest()
      await untilDelivered(3, deadline + 10_000)
      const code = await monitor.end('SIGTERM')
      if (code !== 0) wrong.add(`the monitor ended with ${code}:\n${monitor.output().slice(-1_000)}`)
      const stored = await endLife(Date.now(), true)
      results.recount(stored)
      alerts.expectRest(stored)
      notices.expectAllDelivered(stored, receiver.receipts)
      return stored
    },
    findings: (tried, figures) => ({
      tried: [
        ...tried,
        [results.checks, 'checks'],
        [results.results, 'results found'],
        [new Set(receiver.receipts.map(({ id }) => id)).size, 'notices'],
      ],
      lost,
      wrong,
      figures: {
        ...figures,
        'seconds until no notice waited': waitedSeconds,
        ...(notices.gaveWay > 0 && { 'notices that gave way': notices.gaveWay }),
        'database MiB': Math.round(statSync(database).size / 2 ** 20),
      },
    }),
    async [Symbol.asyncDispose]() {
      await receiver[Symbol.asyncDispose]()
      target[Symbol.dispose]()
      folder[Symbol.dispose]()
    },
  }
}
