import { expect, test } from 'vitest'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import { configOf, silentLog } from '../../../../test/support/monitor.ts'
import { recordingLog } from '../../../../test/support/recording-log.ts'
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

function recorderUnderTest() {
  const board = createBoard(config.storage)
  board.configure(config.endpoints)
  const log = recordingLog()
  const recorded: Result[] = []
  const writer = { add() {}, flush: async () => {}, close: async () => {}, health: () => ({ backlog: 0, lost: 0 }) }
  const onRecorded = (_: unknown, result: Result) => void recorded.push(result)
  const recorder = createRecorder({ board, writer, alerts: { handle() {} }, onRecorded, log })
  recorder.configure(config)
  return { recorder, recorded, log }
}

test('results that come in while endpoints change are recorded afterwards, for what became of theirs', () => {
  const { recorder, recorded } = recorderUnderTest()
  recorder.hold()
  recorder.record([{ ...failure(1), key: '_old' }, failure(2)])
  const meanwhile = recorded.length

  recorder.release((key) => (key === '_old' ? '_a' : key))

  recorder.record([failure(3)])
  expect(meanwhile).toBe(0)
  expect(recorded.map(({ key, at }) => [key, at])).toEqual([
    ['_a', 1],
    ['_a', 2],
    ['_a', 3],
  ])
})

test('what waits while endpoints change is bounded, and the log tells of what is lost', () => {
  const { recorder, recorded, log } = recorderUnderTest()
  recorder.hold()
  for (let batch = 0; batch < 101; batch++) recorder.record(Array.from({ length: 1_000 }, () => failure(batch)))

  recorder.release((key) => key)

  expect(recorded).toHaveLength(100_000)
  expect(log.lines).toMatchObject([{ level: 'error', fields: { lost: 1_000 } }])
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
  const recorder = createRecorder({ board, writer, alerts, onRecorded() {}, log: silentLog })
  recorder.configure(config)

  recorder.record(Array.from({ length: 500 }, (_, index) => failure(clock.now() + index)))
  await clock.advance(0)

  expect(batches.map((batch) => batch.results.length)).toEqual([500])
  expect(batches[0]?.alerts).toMatchObject([{ state: { failuresInARow: 500 } }])
})
