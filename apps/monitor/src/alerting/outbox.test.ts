import { expect, test } from 'vitest'
import { memoryStore } from '../../../../test/support/alerting.ts'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import { recordingLog } from '../../../../test/support/recording-log.ts'
import { restingAlert } from '../domain/alert.ts'
import type { OutboxEntry } from '../domain/notice.ts'
import { StorageError } from '../domain/storage-error.ts'
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

test('lets one row that cannot be written hold up no other for long', async () => {
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
  await outbox.add({ ...entry, id: 'n2' })
  full = false
  await clock.advance(10_000)

  expect([...memory.entries.keys()]).toEqual(['n2'])
  outbox.close()
})
