import { expect, test } from 'vitest'
import { parseConfig } from '../apps/monitor/src/config/load.ts'
import { configText } from './config-file.ts'
import { fleetOf } from './fleet.ts'

const now = Date.UTC(2026, 10, 21, 14, 14, 9)
const addresses = { port: 8080, databasePath: '/tmp/vedette.db', webhookUrl: 'http://127.0.0.1:9/' }

test.each([1, 12, 60, 412, 1_000])('the configuration of %i endpoints is valid, without a warning', (count) => {
  const fleet = fleetOf(count, 7, now)

  const { config, warnings } = parseConfig([{ file: 'config.yaml', text: configText(fleet, addresses) }], {})

  expect(warnings).toEqual([])
  expect(config.endpoints.map(({ key }) => key)).toEqual(fleet.map(({ key }) => key))
  expect(new Set(fleet.map(({ host }) => host)).size).toBe(count)
})
