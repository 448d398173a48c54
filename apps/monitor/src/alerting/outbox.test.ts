import { expect, test } from 'vitest'
import { memoryStore } from '../../../../test/support/alerting.ts'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import { recordingLog } from '../../../../test/support/recording-log.ts'
import { restingAlert } from '../domain/alert.ts'
import type { OutboxEntry } from '../domain/notice.ts'
import { StorageError } from '../domain/storage-error.ts'
import { createExclusion } from '../lib/exclusion.ts'
import { createCurrentKeys } from './current-keys.ts'
import { createOutbox } from './outbox.ts'
import { sampleNotice } from './sample.ts'

const { id: _, late, sentAt, ...content } = sampleNotice({ type: 'test', kind: 'trigger', now: 0, incidentId: 'i' })
const entry: OutboxEntry = {
  id: 'n1',
  endpointKey: 'core_api',
  alertId: 'a',
  content,
  sequence: 1,
  createdAt: 0,
  state: 'pending',
  attempts: 0,
  nextAttemptAt: 0,
}
const delivered: OutboxEntry = { ...entry, state: 'delivered', attempts: 1 }

const outboxOver = (store: Pick<ReturnType<typeof memoryStore>, 'saveAlert' | 'updateNotice'>, clock = fakeClock()) =>
  createOutbox({
    store,
    clock,
    log: recordingLog(),
    keys: createCurrentKeys(),
    recordOf: (endpointKey, alertId) => ({ endpointKey, alertId, state: restingAlert }),
  })

test('writes what happened to a notice while its row was being written', async () => {
  const memory = memoryStore()
  const calls: string[] = []
  let proceed = () => {}
  let failing = true
  const store = {
    saveAlert: async (...row: Parameters<typeof memory.saveAlert>) => {
      calls.push(`save ${row[1]?.state}`)
      if (failing) throw new Error('disk full')
      await new Promise<void>((resolve) => {
        proceed = resolve
      })
      await memory.saveAlert(...row)
    },
    updateNotice: async (...row: Parameters<typeof memory.updateNotice>) => {
      calls.push(`update ${row[0].state}`)
      await memory.updateNotice(...row)
    },
  }
  const outbox = outboxOver(store)

  await outbox.add(entry)
  failing = false
  const flushed = outbox.flush()
  await outbox.update(delivered, false)
  proceed()
  await flushed
  await outbox.flush()

  expect(calls).toEqual(['save pending', 'save pending', 'update delivered'])
  expect(memory.entries.get('n1')?.state).toBe('delivered')
  expect(outbox.isWaiting('core_api', 'a')).toBe(false)
})

test('gives up writing what the store will never take', async () => {
  const clock = fakeClock()
  let attempts = 0
  const store = {
    saveAlert: async () => {
      attempts++
      throw new StorageError('storage does not know the endpoint core_api', { transient: false })
    },
    updateNotice: async () => {},
  }
  const outbox = outboxOver(store, clock)

  await outbox.add(entry)
  await clock.advance(60_000)

  expect(attempts).toBe(1)
  expect(outbox.isWaiting('core_api', 'a')).toBe(false)
})

test('lets one row that cannot be written hold up no other alert for long', async () => {
  const memory = memoryStore()
  const clock = fakeClock()
  let full = true
  const store = {
    ...memory,
    saveAlert: async (...row: Parameters<typeof memory.saveAlert>) => {
      if (full || row[1]?.id === 'n1') throw new Error('cannot')
      await memory.saveAlert(...row)
    },
  }
  const outbox = outboxOver(store, clock)

  await outbox.add(entry)
  await outbox.add({ ...entry, id: 'n2', alertId: 'b' })
  full = false
  await clock.advance(10_000)

  expect([...memory.entries.keys()]).toEqual(['n2'])
  outbox.close()
})

test('writes each row with the state that it left, in order, once the disk has room again', async () => {
  const memory = memoryStore()
  const clock = fakeClock()
  const written: (readonly [id: string | undefined, failures: number])[] = []
  const store = {
    ...memory,
    async saveAlert(...[record, notice]: Parameters<typeof memory.saveAlert>) {
      await memory.saveAlert(record, notice)
      written.push([notice?.id, record.state.failuresInARow])
    },
  }
  let failuresInARow = 0
  const outbox = createOutbox({
    store,
    clock,
    log: recordingLog(),
    keys: createCurrentKeys(),
    recordOf: (endpointKey, alertId) => ({ endpointKey, alertId, state: { ...restingAlert, failuresInARow } }),
  })
  memory.fail(true)
  for (const id of ['n1', 'n2']) {
    failuresInARow++
    await outbox.add({ ...entry, id })
  }
  memory.fail(false)
  failuresInARow++

  await outbox.add({ ...entry, id: 'n3' })

  expect(written).toEqual([
    ['n1', 1],
    ['n2', 2],
    ['n3', 3],
  ])
  outbox.close()
})

test('writes what came while endpoints changed with the alert as it is called, and stands, by then', async () => {
  const memory = memoryStore()
  const keys = createCurrentKeys()
  const { share, alone } = createExclusion()
  let failuresInARow = 1
  const outbox = createOutbox({
    store: memory,
    clock: fakeClock(),
    log: recordingLog(),
    share,
    keys,
    recordOf: (endpointKey, alertId) => ({ endpointKey, alertId, state: { ...restingAlert, failuresInARow } }),
  })
  const changed = alone(async () => {
    keys.rename('core_api', 'core_shop', true)
    failuresInARow = 2
  })

  await outbox.add(entry)

  await changed
  expect(await memory.alerts()).toMatchObject([{ endpointKey: 'core_shop', state: { failuresInARow: 2 } }])
})

test('holds the state of an alert back until it is written why it changed', async () => {
  const memory = memoryStore()
  const outbox = outboxOver(memory)
  await outbox.add(entry)
  memory.fail(true)

  await outbox.update({ ...entry, state: 'refused', error: 'answered 403' }, true)

  const waiting = outbox.isWaiting('core_api', 'a')
  memory.fail(false)
  await outbox.flush()
  expect([waiting, outbox.isWaiting('core_api', 'a')]).toEqual([true, false])
  outbox.close()
})

test('writes how deliveries of an alert ended in their order, so that no crash has the store forget an older one', async () => {
  const memory = memoryStore()
  const clock = fakeClock()
  const ends: string[] = []
  let refusing = true
  const store = {
    ...memory,
    async updateNotice(...row: Parameters<typeof memory.updateNotice>) {
      if (refusing && row[0].id === 'n1') throw new Error('disk full')
      await memory.updateNotice(...row)
      ends.push(row[0].id)
    },
  }
  const outbox = outboxOver(store, clock)
  const newer: OutboxEntry = { ...entry, id: 'n2', sequence: 2 }
  const elsewhere: OutboxEntry = { ...entry, id: 'n3', alertId: 'b', sequence: 3 }
  for (const added of [entry, newer, elsewhere]) await outbox.add(added)

  await outbox.update({ ...entry, state: 'expired', error: 'gave way' }, false)
  await outbox.update({ ...newer, state: 'delivered' }, false)
  await outbox.update({ ...elsewhere, state: 'delivered' }, false)
  refusing = false
  await clock.advance(5_000)

  expect(ends).toEqual(['n3', 'n1', 'n2'])
  outbox.close()
})
