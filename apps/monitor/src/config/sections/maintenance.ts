import { z } from 'zod'
import type { MaintenanceSettings } from '../../domain/config.ts'
import type { MaintenanceWindow, Weekday } from '../../domain/maintenance.ts'
import { weekdays } from '../../domain/maintenance.ts'
import { duration, flag, text, textList } from '../../lib/fields.ts'
import { didYouMean } from '../../lib/suggest.ts'
import type { Spot } from '../spot.ts'

const windowShape = {
  enabled: flag({ fallback: true }).describe('Whether the window counts.'),
  start: text({ fallback: '' }).describe('When it begins, as hh:mm on the clock of its time zone; required.'),
  duration: duration().optional().describe('How long it lasts, at most 24h; required.'),
  timezone: text({ fallback: 'UTC' }).describe('Name of the time zone, such as Europe/Berlin.'),
  every: textList().prefault([]).describe('Days on which it begins, such as Sunday; none means every day.'),
}

export const windowSchema = z.strictObject(windowShape)

export const maintenanceSchema = z
  .strictObject({
    ...windowShape,
    windows: z.array(windowSchema).optional().describe('Several windows, each with the keys above.'),
    'exclude-from-uptime': flag({ fallback: false }).describe('Leave results inside windows out of uptime.'),
  })
  .describe('When results are kept and no notices are sent, for all endpoints.')

const windowKeys = Object.keys(windowShape)

/** Windows for all endpoints: one in the section itself, or several below `windows`. */
export function readMaintenance(spot: Spot): MaintenanceSettings {
  if (!spot.present) return { windows: [], excludeFromUptime: false }
  const settings = spot.readSection(maintenanceSchema)
  const several = spot.at('windows')
  const single = spot.keys().some((key) => windowKeys.includes(key)) || spot.keys().length === 0
  const windows = several.items().map((item) => readWindow(item))
  if (single) windows.unshift(windowOf(spot, settings, '', 'error'))
  return {
    windows: windows.filter((window) => window !== undefined),
    excludeFromUptime: settings['exclude-from-uptime'],
  }
}

/** A window; `undefined` when it is switched off or wrong, which is reported as `severity`. */
export const readWindow = (spot: Spot, fail = '', severity: 'error' | 'warning' = 'error') =>
  windowOf(spot, spot.readSection(windowSchema), fail, severity)

function windowOf(
  spot: Spot,
  settings: z.output<typeof windowSchema>,
  fail: string,
  severity: 'error' | 'warning',
): MaintenanceWindow | undefined {
  if (!settings.enabled) return undefined
  const every = settings.every.filter(isWeekday)
  const startMinute = minuteOf(settings.start)
  const timezone = zoneOf(settings.timezone)
  const problems = windowProblems(settings, startMinute, timezone)
  for (const { key, reason, hint } of problems) {
    if (severity === 'error') spot.at(key).error(`${fail}${reason}`, hint)
    else spot.at(key).warn(`this window never counts: ${reason}`, hint)
  }
  const { duration: durationMs } = settings
  if (problems.length > 0 || startMinute === undefined || durationMs === undefined || timezone === undefined) {
    return undefined
  }
  return { startMinute, durationMs, timezone, every }
}

interface WindowProblem {
  readonly key: keyof typeof windowShape
  readonly reason: string
  readonly hint?: string | undefined
}

const longestMs = 24 * 60 * 60_000

function windowProblems(
  { every, duration: durationMs = 0, timezone: name }: z.output<typeof windowSchema>,
  startMinute: number | undefined,
  timezone: string | undefined,
): readonly WindowProblem[] {
  const problems: WindowProblem[] = []
  const wrongDay = every.find((day) => !isWeekday(day))
  if (wrongDay !== undefined) {
    const reason = `invalid value specified for 'on'. supported values are [${weekdays.join(' ')}]`
    problems.push({ key: 'every', reason, hint: didYouMean(wrongDay, weekdays) })
  }
  if (startMinute === undefined) {
    const reason = 'invalid maintenance start format: must be hh:mm, between 00:00 and 23:59 inclusively (e.g. 23:00)'
    problems.push({ key: 'start', reason })
  }
  if (durationMs <= 0 || durationMs > longestMs) {
    const hint = durationMs > longestMs ? 'it can be at most 24h' : undefined
    problems.push({ key: 'duration', reason: 'invalid maintenance duration: must be bigger than 0 (e.g. 30m)', hint })
  }
  if (timezone === undefined) {
    const reason =
      'invalid timezone specified or format not supported. Use IANA timezone format (e.g. America/Sao_Paulo)'
    problems.push({ key: 'timezone', reason, hint: didYouMean(name, Intl.supportedValuesOf('timeZone')) })
  }
  return problems
}

const isWeekday = (day: string): day is Weekday => weekdays.some((name) => name === day)

function minuteOf(start: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(start)
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2])
}

/** The zone by its IANA name; `Local` is the one of this machine. Offsets are no names. */
function zoneOf(name: string): string | undefined {
  if (name === 'Local') return new Intl.DateTimeFormat().resolvedOptions().timeZone
  if (!/^[A-Z]/.test(name)) return undefined
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }) && name
  } catch {
    return undefined
  }
}
