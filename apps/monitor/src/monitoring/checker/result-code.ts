import type { CheckTarget } from '../../domain/endpoint.ts'
import type { Phases } from '../../domain/observation.ts'
import type { ConditionResult, Result } from '../../domain/result.ts'
import { hostnameOf } from './hostname.ts'

/**
 * Results on their way out of the checker thread: numbers in one array, and whatever a healthy result does not have in
 * a second, sparse list. What follows from the target alone (texts of conditions that held, the hostname) stays behind.
 */
export interface ResultBatch {
  /** `width` numbers a result; NaN stands for absent. */
  readonly numbers: Float64Array
  /** By index of the result. */
  readonly details: readonly (readonly [index: number, details: Details])[]
}

/** What numbers do not say. */
interface Details {
  readonly hostname?: string
  readonly ip?: string
  readonly dnsRcode?: string
  readonly errors: readonly string[]
  /** Absent where all conditions held and show nothing but their source. */
  readonly conditions?: readonly ConditionResult[]
}

/** What both threads derive from a target, so that no result has to carry it. */
export interface Expected {
  readonly key: string
  readonly hostname: string | undefined
  readonly conditions: readonly ConditionResult[]
}

const success = 1
const connected = 2
const hasPhases = 4
const hasDetails = 8

/** Slot, time, flags, duration, status, two expirations, five phases. */
const width = 12

const none: readonly never[] = []

export function expectedOf(target: CheckTarget): Expected {
  const { hideHostname, hideConditions } = target.display
  const hostname = hostnameOf(target)
  return {
    key: target.key,
    hostname: hideHostname || hostname === '' ? undefined : hostname,
    conditions: hideConditions ? [] : target.conditions.map((condition) => ({ condition, success: true })),
  }
}

function areExpected(conditions: readonly ConditionResult[], expected: readonly ConditionResult[]): boolean {
  if (conditions.length !== expected.length) return false
  for (let index = 0; index < conditions.length; index += 1) {
    const one = conditions[index]
    if (one === undefined || !one.success || one.condition !== expected[index]?.condition) return false
  }
  return true
}

function detailsOf({ hostname, ip, dnsRcode, errors, conditions }: Result, expected: Expected): Details | undefined {
  const asExpected = areExpected(conditions, expected.conditions)
  const plain = asExpected && errors.length === 0 && ip === undefined && dnsRcode === undefined
  if (plain && hostname === expected.hostname) return undefined
  return { hostname, ip, dnsRcode, errors, ...(asExpected ? {} : { conditions }) }
}

/** `results` come with the slot of their target and with what is expected of it. */
export function encodeResults(
  results: readonly { readonly slot: number; readonly expected: Expected; readonly result: Result }[],
): ResultBatch {
  const numbers = new Float64Array(results.length * width)
  const details: [number, Details][] = []
  let offset = 0
  for (const [index, { slot, expected, result }] of results.entries()) {
    const { phases } = result
    const more = detailsOf(result, expected)
    if (more !== undefined) details.push([index, more])
    numbers[offset] = slot
    numbers[offset + 1] = result.at
    numbers[offset + 2] =
      (result.success ? success : 0) |
      (result.connected ? connected : 0) |
      (phases === undefined ? 0 : hasPhases) |
      (more === undefined ? 0 : hasDetails)
    numbers[offset + 3] = result.durationMs
    numbers[offset + 4] = result.status ?? Number.NaN
    numbers[offset + 5] = result.certificateExpirationMs ?? Number.NaN
    numbers[offset + 6] = result.domainExpirationMs ?? Number.NaN
    numbers[offset + 7] = phases?.dnsMs ?? Number.NaN
    numbers[offset + 8] = phases?.connectMs ?? Number.NaN
    numbers[offset + 9] = phases?.tlsMs ?? Number.NaN
    numbers[offset + 10] = phases?.firstByteMs ?? Number.NaN
    numbers[offset + 11] = phases?.downloadMs ?? Number.NaN
    offset += width
  }
  return { numbers, details }
}

/** The results of a batch; those of slots that nobody knows are left out. */
export function decodeResults(
  { numbers, details }: ResultBatch,
  expectedAt: (slot: number) => Expected | undefined,
): Result[] {
  const results: Result[] = []
  const more = new Map(details)
  const present = (index: number): number | undefined => {
    const value = numbers[index]
    return value === undefined || Number.isNaN(value) ? undefined : value
  }
  for (let index = 0; index * width < numbers.length; index += 1) {
    const offset = index * width
    const expected = expectedAt(numbers[offset] ?? -1)
    if (expected === undefined) continue
    const flags = numbers[offset + 2] ?? 0
    const detail = (flags & hasDetails) === 0 ? undefined : more.get(index)
    const phases: Phases | undefined =
      (flags & hasPhases) === 0
        ? undefined
        : {
            dnsMs: present(offset + 7),
            connectMs: present(offset + 8),
            tlsMs: present(offset + 9),
            firstByteMs: present(offset + 10),
            downloadMs: present(offset + 11),
          }
    results.push({
      key: expected.key,
      at: numbers[offset + 1] ?? 0,
      success: (flags & success) !== 0,
      durationMs: numbers[offset + 3] ?? 0,
      connected: (flags & connected) !== 0,
      status: present(offset + 4),
      hostname: detail === undefined ? expected.hostname : detail.hostname,
      ip: detail?.ip,
      dnsRcode: detail?.dnsRcode,
      certificateExpirationMs: present(offset + 5),
      domainExpirationMs: present(offset + 6),
      errors: detail?.errors ?? none,
      conditions: detail?.conditions ?? expected.conditions,
      phases,
      maintenance: false,
    })
  }
  return results
}
