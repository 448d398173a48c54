import { pino } from 'pino'
import type { Log } from '../domain/ports.ts'

const levels = ['debug', 'info', 'warn', 'error', 'fatal']

/** Logs to standard output: for people on a terminal, one JSON object a line otherwise. */
export async function createLog(level: string | undefined, terminal: boolean): Promise<Log> {
  const wanted = (level ?? '').trim().toLowerCase()
  const known = levels.includes(wanted)
  const options = {
    level: known ? wanted : 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const log = terminal ? pino(options, await readable()) : pino(options)
  if (wanted !== '' && !known) log.warn({ level }, `unknown log level; one of ${levels.join(', ')}`)
  return log
}

/** The pretty printer takes a while to load, and a service does not need it. */
async function readable() {
  const { default: pretty } = await import('pino-pretty')
  return pretty({ colorize: true, translateTime: 'SYS:HH:MM:ss', sync: true })
}
