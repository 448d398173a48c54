import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { storeContract } from '../../../../../test/contracts/store/index.ts'
import { recordingLog } from '../../../../../test/support/recording-log.ts'
import { openSqliteStore } from './index.ts'

const settings = {
  migrationsFolder: fileURLToPath(new URL('../../../drizzle', import.meta.url)),
  maximumNumberOfResults: 100,
  maximumNumberOfEvents: 50,
  log: recordingLog(),
}

storeContract({
  name: 'sqlite',
  persistent: true,
  async createPlace() {
    const folder = await mkdtemp(join(tmpdir(), 'vedette-store-'))
    return {
      open: (limits) => openSqliteStore({ ...settings, ...limits, path: join(folder, 'data', 'vedette.db') }),
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
    }
  },
})

storeContract({
  name: 'sqlite in memory',
  persistent: false,
  createPlace: async () => ({
    open: (limits) => openSqliteStore({ ...settings, ...limits, path: ':memory:' }),
    [Symbol.asyncDispose]: async () => {},
  }),
})
