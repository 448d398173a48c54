import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { recordingLog } from '../../../../test/support/recording-log.ts'
import { batchOf, midnight, resultOf } from '../../../../test/support/stored.ts'
import type { StorageSettings } from '../domain/config.ts'
import { openStore } from './open.ts'

const settings: StorageSettings = {
  type: 'memory',
  path: '',
  maximumNumberOfResults: 3,
  maximumNumberOfEvents: 2,
  retention: { fiveMinutesMs: 1, hoursMs: 1, daysMs: 1 },
}

const outside = {
  migrationsFolder: fileURLToPath(new URL('../../drizzle', import.meta.url)),
  log: recordingLog(),
}

test.each(['memory', 'sqlite'] as const)('a %s store keeps as many results as configured', async (type) => {
  const folder = await mkdtemp(join(tmpdir(), 'vedette-open-'))
  const path = type === 'sqlite' ? join(folder, 'vedette.db') : ''
  const store = await openStore({ ...settings, type, path }, outside)
  await store.syncEndpoints([{ key: 'core_api', name: 'api', group: 'core', previousKeys: [] }], midnight)

  await store.append(batchOf({ results: [0, 1, 2, 3].map((i) => resultOf('core_api', midnight + i)) }))

  expect((await store.load())[0]?.results).toHaveLength(3)
  expect(existsSync(join(folder, 'vedette.db'))).toBe(type === 'sqlite')
  await store.close()
  await rm(folder, { recursive: true })
})
