import type { RecentResults } from '../domain/board.ts'
import type { Phases } from '../domain/observation.ts'
import type { Result } from '../domain/result.ts'

/** The parts of a result that are not numbers. Most results of an endpoint share one. */
type Texts = Pick<Result, 'hostname' | 'ip' | 'dnsRcode' | 'errors' | 'conditions'>

const success = 1
const connected = 2
const maintenance = 4
const hasPhases = 8

/** Numbers of a result: time, duration, flags, status, two expirations, five phases. Absent ones are NaN. */
const width = 11

/** Room for so many is there from the start: arrays that grow one after another leave holes in memory. */
const reserved = 128

const present = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? undefined : value)

/**
 * The newest results of one endpoint, oldest first, at most `capacity` of them. There may be millions in all, so they
 * are kept as numbers and made into results again when somebody looks.
 */
export class ResultHistory implements RecentResults {
  readonly #key: string
  readonly #capacity: number
  #numbers: Float64Array
  readonly #texts: Texts[] = []
  #start = 0
  #newest: Result | undefined
  #newestTexts: Texts | undefined

  /** `capacity` is at least 1. */
  constructor(key: string, capacity: number) {
    this.#key = key
    this.#capacity = capacity
    this.#numbers = new Float64Array(Math.min(capacity, reserved) * width)
  }

  get length(): number {
    return this.#texts.length
  }

  get newest(): Result | undefined {
    return this.#newest
  }

  push(result: Result): void {
    const isFull = this.length === this.#capacity
    const place = isFull ? this.#start : this.length
    if (isFull) this.#start = (this.#start + 1) % this.#capacity
    this.#reserve(place + 1)
    this.#newestTexts = this.#shared(result)
    this.#texts[place] = this.#newestTexts
    this.#write(place * width, result)
    this.#newest = result
  }

  at(index: number): Result | undefined {
    const wanted = index < 0 ? this.length + index : index
    return wanted < 0 || wanted >= this.length ? undefined : this.#read((this.#start + wanted) % this.length)
  }

  slice(from = 0, to = this.length): Result[] {
    const part: Result[] = []
    for (let index = Math.max(from, 0); index < Math.min(to, this.length); index += 1) {
      const result = this.at(index)
      if (result !== undefined) part.push(result)
    }
    return part
  }

  successfulDurations(count: number): number[] {
    const durations: number[] = []
    for (let index = Math.max(this.length - count, 0); index < this.length; index += 1) {
      const offset = ((this.#start + index) % this.length) * width
      if (((this.#numbers[offset + 2] ?? 0) & success) !== 0) durations.push(this.#numbers[offset + 1] ?? 0)
    }
    return durations
  }

  #reserve(length: number): void {
    if (length * width <= this.#numbers.length) return
    const numbers = new Float64Array(Math.min(length * 2, this.#capacity) * width)
    numbers.set(this.#numbers.subarray(0, this.#texts.length * width))
    this.#numbers = numbers
  }

  /** Texts equal to those of the result before are not kept twice. */
  #shared({ hostname, ip, dnsRcode, errors, conditions }: Result): Texts {
    const before = this.#newestTexts
    const same =
      before !== undefined &&
      before.hostname === hostname &&
      before.ip === ip &&
      before.dnsRcode === dnsRcode &&
      before.conditions === conditions &&
      (before.errors === errors || (before.errors.length === 0 && errors.length === 0))
    return same ? before : { hostname, ip, dnsRcode, errors, conditions }
  }

  #write(offset: number, result: Result): void {
    const { phases } = result
    const flags =
      (result.success ? success : 0) |
      (result.connected ? connected : 0) |
      (result.maintenance ? maintenance : 0) |
      (phases === undefined ? 0 : hasPhases)
    const numbers = [
      result.at,
      result.durationMs,
      flags,
      result.status,
      result.certificateExpirationMs,
      result.domainExpirationMs,
      phases?.dnsMs,
      phases?.connectMs,
      phases?.tlsMs,
      phases?.firstByteMs,
      phases?.downloadMs,
    ]
    for (const [index, value] of numbers.entries()) this.#numbers[offset + index] = value ?? Number.NaN
  }

  #read(place: number): Result | undefined {
    const texts = this.#texts[place]
    if (texts === undefined) return undefined
    const offset = place * width
    const number = (index: number) => present(this.#numbers[offset + index])
    const flags = number(2) ?? 0
    const phases: Phases | undefined =
      (flags & hasPhases) === 0
        ? undefined
        : {
            dnsMs: number(6),
            connectMs: number(7),
            tlsMs: number(8),
            firstByteMs: number(9),
            downloadMs: number(10),
          }
    return {
      key: this.#key,
      at: number(0) ?? 0,
      success: (flags & success) !== 0,
      durationMs: number(1) ?? 0,
      connected: (flags & connected) !== 0,
      status: number(3),
      ...texts,
      certificateExpirationMs: number(4),
      domainExpirationMs: number(5),
      phases,
      maintenance: (flags & maintenance) !== 0,
    }
  }
}
