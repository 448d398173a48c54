import { expect, test } from 'vitest'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import { configOf, silentLog } from '../../../../test/support/monitor.ts'
import type { AlertRecord, Batch } from '../domain/ports.ts'
import type { Result } from '../domain/result.ts'
import { createBoard } from './board.ts'
import { createRecorder } from './recorder.ts'
import { createRollups } from './rollups.ts'
import { createWriter } from './writer.ts'

const config = configOf(`
alerting:
  slack: {webhook-url: "https://hooks.example.org/a"}
endpoints:
  - {name: a, url: "tcp://127.0.0.1:1", conditions: ["[CONNECTED] == true"], alerts: [{type: slack}]}
`)

const failure = (at: number): Result => ({
  key: '_a',
  at,
  success: false,
  durationMs: 12,
  connected: false,
  errors: [],
  conditions: [],
  maintenance: false,
})

test('no result is written without what it did to its alert, however many come at once', async () => {
  const clock = fakeClock()
  const batches: Batch[] = []
  let failuresInARow = 0
  const changedAlerts = (): AlertRecord[] => [
    { endpointKey: '_a', alertId: 'a', state: { failuresInARow, successesInARow: 0, triggered: false } },
  ]
  const board = createBoard(config.storage)
  board.configure(config.endpoints)
  const writer = createWriter({
    store: { append: async (batch) => void batches.push(batch) },
    rollups: createRollups(25),
    changedAlerts,
    takeBackAlerts() {},
    clock,
    log: silentLog,
  })
  const alerts = {
    handle() {
      failuresInARow += 1
    },
  }
  const recorder = createRecorder({ board, writer, alerts, onRecorded() {} })
  recorder.configure(config)

  recorder.record(Array.from({ length: 500 }, (_, index) => failure(clock.now() + index)))
  await clock.advance(0)

  expect(batches.map((batch) => batch.results.length)).toEqual([500])
  expect(batches[0]?.alerts).toMatchObject([{ state: { failuresInARow: 500 } }])
})
