import type { RecentResults } from '../domain/board.ts'
import type { Phases } from '../domain/observation.ts'
import type { Result } from '../domain/result.ts'

/** The parts of a result that are not numbers. Most results of an endpoint share one. */
type Texts = Pick<Result, 'hostname' | 'ip' | 'dnsRcode' | 'errors' | 'conditions'>

const success = 1
const connected = 2
const maintenance = 4
const hasPhases = 8

/** Beside its moment, a result is so many whole numbers: flags, status, and microseconds of its duration and five phases. */
const width = 8
const absent = 0xffff_ffff

/** Room for so many is there from the start: arrays that grow one after another leave holes in memory. */
const reserved = 128

/** To the microsecond, like what is stored, so that a restart changes no figure; the longest is more than an hour. */
const micros = (ms: number | undefined) => (ms === undefined ? absent : Math.min(Math.round(ms * 1_000), absent - 1))

const millis = (us: number | undefined) => (us === undefined || us === absent ? undefined : us / 1_000)

const present = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? undefined : value)

/**
 * The newest results of one endpoint, oldest first, at most `capacity` of them. There may be millions in all, so they
 * are kept as numbers and made into results again when somebody looks.
 */
export class ResultHistory implements RecentResults {
  readonly #key: string
  readonly #capacity: number
  #moments: Float64Array
  #numbers: Uint32Array
  /** When the certificate and the domain end, two for each result; most endpoints have neither. */
  #expirations: Float64Array | undefined
  readonly #texts: Texts[] = []
  #start = 0
  #total = 0
  #newest: Result | undefined
  #newestTexts: Texts | undefined

  /** `capacity` is at least 1. */
  constructor(key: string, capacity: number) {
    this.#key = key
    this.#capacity = capacity
    const room = Math.min(capacity, reserved)
    this.#moments = new Float64Array(room)
    this.#numbers = new Uint32Array(room * width)
  }

  get length(): number {
    return this.#texts.length
  }

  get total(): number {
    return this.#total
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
    this.#write(place, result)
    this.#newest = result
    this.#total += 1
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
      if (((this.#numbers[offset] ?? 0) & success) !== 0) durations.push(millis(this.#numbers[offset + 2]) ?? 0)
    }
    return durations
  }

  #reserve(length: number): void {
    if (length <= this.#moments.length) return
    const room = Math.min(length * 2, this.#capacity)
    this.#moments = grown(new Float64Array(room), this.#moments)
    this.#numbers = grown(new Uint32Array(room * width), this.#numbers)
    if (this.#expirations !== undefined) this.#expirations = grown(noExpirations(room), this.#expirations)
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

  #write(place: number, result: Result): void {
    const { phases, certificateExpirationMs, domainExpirationMs } = result
    const flags =
      (result.success ? success : 0) |
      (result.connected ? connected : 0) |
      (result.maintenance ? maintenance : 0) |
      (phases === undefined ? 0 : hasPhases)
    const numbers = this.#numbers
    const offset = place * width
    this.#moments[place] = result.at
    numbers[offset] = flags
    numbers[offset + 1] = result.status ?? absent
    numbers[offset + 2] = micros(result.durationMs)
    numbers[offset + 3] = micros(phases?.dnsMs)
    numbers[offset + 4] = micros(phases?.connectMs)
    numbers[offset + 5] = micros(phases?.tlsMs)
    numbers[offset + 6] = micros(phases?.firstByteMs)
    numbers[offset + 7] = micros(phases?.downloadMs)
    if (certificateExpirationMs !== undefined || domainExpirationMs !== undefined) {
      this.#expirations ??= noExpirations(this.#moments.length)
    }
    this.#expirations?.set([certificateExpirationMs ?? Number.NaN, domainExpirationMs ?? Number.NaN], place * 2)
  }

  #read(place: number): Result | undefined {
    const texts = this.#texts[place]
    if (texts === undefined) return undefined
    const offset = place * width
    const numbers = this.#numbers
    const ms = (index: number) => millis(numbers[offset + index])
    const flags = numbers[offset] ?? 0
    const status = numbers[offset + 1]
    const phases: Phases | undefined =
      (flags & hasPhases) === 0
        ? undefined
        : { dnsMs: ms(3), connectMs: ms(4), tlsMs: ms(5), firstByteMs: ms(6), downloadMs: ms(7) }
    return {
      key: this.#key,
      at: this.#moments[place] ?? 0,
      success: (flags & success) !== 0,
      durationMs: ms(2) ?? 0,
      connected: (flags & connected) !== 0,
      status: status === absent ? undefined : status,
      ...texts,
      certificateExpirationMs: present(this.#expirations?.[place * 2]),
      domainExpirationMs: present(this.#expirations?.[place * 2 + 1]),
      phases,
      maintenance: (flags & maintenance) !== 0,
    }
  }
}

const noExpirations = (results: number) => new Float64Array(results * 2).fill(Number.NaN)

function grown<Numbers extends Float64Array | Uint32Array>(larger: Numbers, numbers: Numbers): Numbers {
  larger.set(numbers)
  return larger
}
