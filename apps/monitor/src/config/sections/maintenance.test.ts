import { describe, expect, test } from 'vitest'
import { vectors } from '../../../../../test/support/vectors.ts'
import { isUnderMaintenance } from '../../domain/maintenance.ts'
import { ConfigError } from '../issues.ts'
import { parseConfig } from '../load.ts'

interface MaintenanceCase {
  readonly config: Readonly<Record<string, unknown>>
  readonly valid: boolean
  readonly now?: string
  readonly underMaintenance?: boolean
  readonly expectedErrorContains?: string | null
}

const endpoint = '{name: a, url: "https://example.org", conditions: ["[STATUS] == 200"]}'

/** JSON is YAML. */
function load(maintenance: unknown) {
  const text = `endpoints: [${endpoint}]\nmaintenance: ${JSON.stringify(maintenance)}\n`
  return parseConfig([{ file: 'config.yaml', text }], {}).config.maintenance
}

function errorsOf(maintenance: unknown): string {
  try {
    load(maintenance)
    return ''
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
}

const cases = vectors<MaintenanceCase>('maintenance.json')

describe('a window', () => {
  test.each(cases.filter(({ valid }) => valid))('$name', ({ config, now, underMaintenance }) => {
    const { windows } = load(config)

    if (now !== undefined) expect(isUnderMaintenance(windows, Date.parse(now))).toBe(underMaintenance)
  })

  test.each(cases.filter(({ valid }) => !valid))('$name', ({ config, expectedErrorContains }) => {
    const errors = errorsOf(config)

    expect(errors).not.toBe('')
    expect(errors).toContain(expectedErrorContains ?? '')
  })
})

test('several windows stand below windows', () => {
  const { windows, excludeFromUptime } = load({
    'exclude-from-uptime': true,
    windows: [
      { start: '01:00', duration: '1h' },
      { start: '05:00', duration: '2h', every: ['Sunday'] },
      { enabled: false },
    ],
  })

  expect(excludeFromUptime).toBe(true)
  expect(windows).toEqual([
    { startMinute: 60, durationMs: 3_600_000, timezone: 'UTC', every: [] },
    { startMinute: 300, durationMs: 7_200_000, timezone: 'UTC', every: ['Sunday'] },
  ])
})

test('a window of the section itself joins those below windows', () => {
  const { windows } = load({ start: '03:00', duration: '1h', windows: [{ start: '01:00', duration: '1h' }] })

  expect(windows.map(({ startMinute }) => startMinute)).toEqual([180, 60])
})

test('leaving windows out of uptime needs no window here, since endpoints have their own', () => {
  expect(load({ 'exclude-from-uptime': true })).toEqual({ windows: [], excludeFromUptime: true })
})

test('a misspelt day and zone come with a guess', () => {
  const errors = errorsOf({ start: '01:00', duration: '1h', every: ['sunday'], timezone: 'Europe/Berln' })

  expect(errors).toContain('(did you mean "Sunday"?)')
  expect(errors).toContain('(did you mean "Europe/Berlin"?)')
})
