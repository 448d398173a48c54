import type { Failure, ResultParts } from './history.ts'

/** A page over HTTPS, JSON over HTTP, a TCP port that answers, or a gRPC health check. */
export type Kind = 'website' | 'service' | 'port' | 'rpc'

/** The ways to fail that the targets have: saying so (or refusing to talk), and saying nothing. */
export type Trouble = 'unavailable' | 'silent'

export const timeoutMs = 5_000

/** What one endpoint is asked for. */
export interface Check {
  readonly kind: Kind
  readonly url: string
  readonly conditions: readonly string[]
  /** Slower than this is a failure. */
  readonly limitMs: number
}

/** A limit that nothing healthy comes near, even on a busy machine. */
function limitMsOf(baseMs: number): number {
  return [500, 1_000, 2_000, 3_000].find((limit) => limit >= 10 * baseMs) ?? 4_000
}

function conditionsOf(kind: Kind, limitMs: number): readonly string[] {
  const limit = `[RESPONSE_TIME] < ${limitMs}`
  if (kind === 'website') return ['[STATUS] == 200', limit, '[CERTIFICATE_EXPIRATION] > 7d']
  if (kind === 'service') return ['[STATUS] == 200', '[BODY].status == UP', limit]
  if (kind === 'port') return ['[CONNECTED] == true', limit]
  return ['[CONNECTED] == true', '[BODY].status == SERVING', limit]
}

const usualPorts: readonly (readonly [word: RegExp, port: number])[] = [
  [/db|replica/, 5432],
  [/cache/, 6379],
  [/stream/, 9092],
  [/queue/, 5672],
  [/mail/, 25],
  [/name/, 53],
  [/bastion/, 22],
]

const usualPort = (name: string) => usualPorts.find(([word]) => word.test(name))?.[1] ?? 7000

function urlOf(kind: Kind, host: string): string {
  if (kind === 'website') return `https://${host}/`
  if (kind === 'service') return `http://${host}/health`
  return kind === 'port' ? `tcp://${host}:${usualPort(host)}` : `grpc://${host}:50051`
}

export function checkOf(kind: Kind, host: string, baseMs: number): Check {
  const limitMs = limitMsOf(baseMs)
  return { kind, url: urlOf(kind, host), conditions: conditionsOf(kind, limitMs), limitMs }
}

export const healthyParts = ({ kind, conditions }: Check): ResultParts => ({
  connected: true,
  ...((kind === 'website' || kind === 'service') && { status: 200 }),
  errors: [],
  conditions: conditions.map((condition) => ({ condition, success: true })),
})

/** What a failing condition shows, by what it asks about. */
type Shown = Readonly<Record<string, string>>

/** The conditions, those failed that show something. */
const judged = ({ conditions }: Check, shown: Shown): ResultParts['conditions'] =>
  conditions.map((condition) => {
    const [subject = '', ...rest] = condition.split(' ')
    const value = shown[subject]
    return value === undefined
      ? { condition, success: true }
      : { condition: `${subject} (${value}) ${rest.join(' ')}`, success: false }
  })

const unconnected: Shown = { '[CONNECTED]': 'false', '[BODY].status': 'INVALID' }
const noAnswer: Shown = {
  ...unconnected,
  '[STATUS]': '0',
  '[RESPONSE_TIME]': String(timeoutMs + 1),
  '[CERTIFICATE_EXPIRATION]': '0s',
}

function silentError({ kind, url }: Check): string {
  const timeout = `timeout after ${timeoutMs / 1_000} s`
  if (kind === 'port') return `waiting for a reply from ${new URL(url).host}: ${timeout}`
  return kind === 'rpc' ? `rpc error: code = DeadlineExceeded desc = ${timeout}` : `Get "${url}": ${timeout}`
}

/** What the monitor notes when a target of the demo is in trouble; word for word, so that history and present agree. */
export function failureOf(check: Check, trouble: Trouble): Failure {
  const { kind, url } = check
  if (trouble === 'silent') {
    const parts = { connected: kind === 'website' || kind === 'service', status: undefined }
    return {
      durationMs: timeoutMs + 1,
      parts: { ...parts, errors: [silentError(check)], conditions: judged(check, noAnswer) },
    }
  }
  if (kind === 'website' || kind === 'service') {
    const conditions = judged(check, { '[STATUS]': '503', '[BODY].status': 'DOWN' })
    return { parts: { connected: true, status: 503, errors: [], conditions } }
  }
  const refused = 'connection refused'
  const error =
    kind === 'rpc'
      ? `rpc error: code = Unavailable desc = ${refused}`
      : `connecting to ${new URL(url).host}: ${refused}`
  return {
    durationMs: 0.8,
    parts: { connected: false, errors: [error], conditions: judged(check, unconnected) },
  }
}
