import { describe, expect, test } from 'vitest'
import { createNoticeLedger } from './notice-ledger.ts'
import { createComplaints } from './scenario.ts'
import { nothingStored, type StoredNotice } from './stored.ts'

const gaveWay = 'gave way to newer notices of the same alert'

const kindOf = (index: number) => (index % 2 === 0 ? 'trigger' : 'resolve')

/** Whole incidents of one alert, all of them delivered. */
const delivered = (count: number): StoredNotice[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${index}`,
    key: '_0',
    kind: kindOf(index),
    state: 'delivered',
    error: null,
  }))

const logged = (id: string) =>
  `${JSON.stringify({ level: 'error', notice: id, endpoint: '_0', error: gaveWay, msg: 'a notice was given up' })}\n`

/** What the books say of rows after the last life; every notice arrived whose row says so, but for `silent`. */
function judged(notices: readonly StoredNotice[], { output = '', silent = '' } = {}) {
  const lost = createComplaints()
  const wrong = createComplaints()
  const ledger = createNoticeLedger({ lost, wrong })
  const receipts = notices
    .filter(({ id, state }) => state === 'delivered' && id !== silent)
    .map(({ id, kind, key }) => ({ id, kind, endpointKey: key, at: 0 }))
  const stored = { ...nothingStored, notices }
  ledger.endLife({ stored, receipts, endedAt: 10_000, output })
  ledger.expectAllDelivered(stored, receipts)
  return { lost: lost.first, wrong: wrong.first, gaveWay: ledger.gaveWay }
}

const withOldestIncident = (count: number, fields: Partial<StoredNotice>) =>
  delivered(count).map((notice) => (notice.id === '2' || notice.id === '3' ? { ...notice, ...fields } : notice))

describe('the books of notices', () => {
  test('have no complaint where all arrived', () => {
    expect(judged(delivered(8))).toEqual({ lost: [], wrong: [], gaveWay: 0 })
  })

  test('count what gave way to many newer ones, and said so', () => {
    const notices = withOldestIncident(22, { state: 'expired', error: gaveWay })

    expect(judged(notices, { output: logged('2') + logged('3') })).toEqual({ lost: [], wrong: [], gaveWay: 2 })
  })

  test('call lost what gave way without a line in the log', () => {
    const notices = withOldestIncident(22, { state: 'expired', error: gaveWay })

    expect(judged(notices, { output: logged('2') }).lost[0]).toBe(`_0: a resolve was given up (expired): ${gaveWay}`)
  })

  test('call lost what gave way though few were newer', () => {
    const notices = withOldestIncident(18, { state: 'expired', error: gaveWay })

    expect(judged(notices, { output: logged('2') + logged('3') }).lost).toContain(
      `_0: a trigger was given up (expired): ${gaveWay}`,
    )
  })

  test('call lost what was given up for another reason', () => {
    const notices = withOldestIncident(22, { state: 'refused', error: 'answered 400' })

    expect(judged(notices, { output: logged('2') + logged('3') }).lost).toContain(
      '_0: a trigger was given up (refused): answered 400',
    )
  })

  test('call lost what says delivered and never arrived', () => {
    expect(judged(delivered(8), { silent: '4' }).lost).toContain('_0: a trigger says delivered, and never was')
  })

  test('say what still waits at the end', () => {
    const notices = delivered(8)
    notices.push(
      { id: '8', key: '_1', kind: 'trigger', state: 'pending', error: 'answered 503' },
      { id: '9', key: '_1', kind: 'resolve', state: 'pending', error: null },
    )

    expect(judged(notices)).toMatchObject({
      lost: [],
      wrong: ['_1: a trigger still waits: answered 503', expect.any(String)],
    })
  })
})
