import { expect, test } from 'vitest'
import { failureReason } from './result.ts'

const held = { condition: '[STATUS] == 200', success: true }
const failed = { condition: '[RESPONSE_TIME] (812) < 500', success: false }
const alsoFailed = { condition: '[CONNECTED] (false) == true', success: false }

test('the reason of a failure is its first error, else the first condition that failed', () => {
  expect(failureReason({ success: false, errors: ['timeout', 'reset'], conditions: [failed] })).toBe('timeout')
  expect(failureReason({ success: false, errors: [], conditions: [held, failed, alsoFailed] })).toBe(failed.condition)
})

test('without an error and a failed condition there is no reason to give', () => {
  expect(failureReason({ success: false, errors: [], conditions: [held] })).toBeUndefined()
})

test('a success has no reason, whatever was reported on the way', () => {
  expect(failureReason({ success: true, errors: ['slow'], conditions: [failed] })).toBeUndefined()
})
