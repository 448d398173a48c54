import { expect, test } from 'vitest'
import { StorageError } from './storage-error.ts'

test('says by its name what failed, why, and whether to try again', () => {
  const cause = new Error('SQLITE_FULL')

  const error = new StorageError('storage failed while writing results', { cause, transient: true })

  expect(String(error)).toBe('StorageError: storage failed while writing results')
  expect(error).toMatchObject({ cause, transient: true })
})
