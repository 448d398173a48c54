import { parseDuration } from '@vedette/conditions'
import { z } from 'zod'
import { Scalar, scalarOf } from './scalar.ts'
import { Secret } from './secret.ts'
import { didYouMean } from './suggest.ts'

/*
 * Types of configuration fields. They read the YAML tree as `config/tree.ts` turns it into plain objects and lists,
 * with `Scalar` leaves; a null is `undefined` there, so that it counts as absent.
 */

interface MistakeDetails {
  /** What to do about it. */
  readonly hint?: string | undefined
  /** Where below the field it is. */
  readonly path?: (string | number)[]
  /** The value is of the wrong kind altogether. Default true. */
  readonly mistyped?: boolean
}

/** What a field says about a value that it does not take. */
export class Mistake {
  readonly message: string
  readonly details: MistakeDetails

  constructor(message: string, details: MistakeDetails = {}) {
    this.message = message
    this.details = details
  }
}

type Reader<T> = (input: unknown) => T | Mistake

/** A schema around `read`. `shape` is its JSON Schema. */
function field<T>(read: Reader<T>, shape: Readonly<Record<string, unknown>>): z.ZodType<T, unknown> {
  const convert = (input: unknown, context: z.RefinementCtx): T => {
    const value = input === undefined ? new Mistake('is required', { mistyped: false }) : read(input)
    if (!(value instanceof Mistake)) return value
    const { hint, path = [], mistyped = true } = value.details
    context.addIssue({ code: 'custom', message: value.message, path, continue: false, params: { hint, mistyped } })
    return z.NEVER
  }
  return z.unknown().transform(convert).meta(shape)
}

const kindOf = (input: unknown) => (Array.isArray(input) ? 'a list' : 'a mapping')

/** `""` reads as absent would. */
function readText(input: unknown): string | Mistake {
  return scalarOf(input)?.text ?? new Mistake(`expected a text, not ${kindOf(input)}`)
}

/** A value that stands in when the key is absent, null, or has the zero value of its type. */
interface Fallback<T> {
  readonly fallback: T
}

function withFallback<T>(schema: z.ZodType<T, unknown>, options: Fallback<T>, isZero: (value: T) => boolean) {
  const { fallback } = options
  return z.prefault(
    schema.transform((value) => (isZero(value) ? fallback : value)),
    fallback,
  )
}

/** A text. Any scalar will do, and keeps its source text. */
export function text(options?: Fallback<string>): z.ZodType<string, unknown> {
  const schema = field(readText, { type: ['string', 'number', 'boolean'] })
  return options === undefined ? schema : withFallback(schema, options, (value) => value === '')
}

/** A text that must not be seen: it becomes a `Secret`, and messages never repeat it. */
export function secretText(): z.ZodType<Secret, unknown> {
  return field(
    (input) => {
      const value = readText(input)
      return value instanceof Mistake ? value : new Secret(value)
    },
    { type: ['string', 'number', 'boolean'], writeOnly: true },
  )
}

/** A number in quotes is a text, unless it was filled in: people put `"${PORT}"` in quotes out of habit. */
const plainValue = (scalar: Scalar) =>
  scalar.quoted && scalar.fromEnvironment ? new Scalar(scalar.text).value : scalar.value

function readNumber(input: unknown, wanted: string): number | Mistake {
  const scalar = scalarOf(input)
  if (scalar === undefined) return new Mistake(`expected ${wanted}, not ${kindOf(input)}`)
  const value = plainValue(scalar)
  if ((typeof value === 'number' || typeof value === 'bigint') && Number.isFinite(Number(value))) return Number(value)
  const hint = scalar.quoted && typeof new Scalar(scalar.text).value === 'number' ? 'remove the quotes' : undefined
  return new Mistake(`expected ${wanted}, not ${scalar.shown()}`, { hint })
}

/** An integer; decimals are cut. Numbers in quotes are no numbers. */
export function integer(options?: Fallback<number>): z.ZodType<number, unknown> {
  const read = (input: unknown) => {
    const value = readNumber(input, 'an integer')
    if (value instanceof Mistake) return value
    return Number.isSafeInteger(Math.trunc(value)) ? Math.trunc(value) : new Mistake('this number is too large')
  }
  const schema = field(read, { type: 'integer' })
  return options === undefined ? schema : withFallback(schema, options, (value) => value === 0)
}

/** A number that may have decimals. */
export function decimal(options?: Fallback<number>): z.ZodType<number, unknown> {
  const schema = field((input) => readNumber(input, 'a number'), { type: 'number' })
  return options === undefined ? schema : withFallback(schema, options, (value) => value === 0)
}

const flagWords = new Map([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
])

/** `true` or `false`, or one of the words of YAML 1.1, those also in quotes. */
export function flag(options?: Fallback<boolean>): z.ZodType<boolean, unknown> {
  const schema = field(
    (input) => {
      const scalar = scalarOf(input)
      if (scalar === undefined) return new Mistake(`expected true or false, not ${kindOf(input)}`)
      const value = plainValue(scalar)
      if (typeof value === 'boolean') return value
      const hint = scalar.quoted && /^(true|false)$/i.test(scalar.text) ? 'remove the quotes' : undefined
      return flagWords.get(scalar.text) ?? new Mistake(`expected true or false, not ${scalar.shown()}`, { hint })
    },
    { type: 'boolean' },
  )
  return options === undefined ? schema : z.prefault(schema, options.fallback)
}

const durationExample = 'such as 30s, 5m or 1h30m'

function readDuration(input: unknown): number | Mistake {
  const scalar = scalarOf(input)
  if (scalar === undefined) return new Mistake(`expected a duration ${durationExample}, not ${kindOf(input)}`)
  if (typeof scalar.value === 'number') {
    const hint = scalar.fromEnvironment ? 'durations need a unit' : `durations need a unit: ${scalar.text}s for seconds`
    return new Mistake(`expected a duration ${durationExample}, not the number ${scalar.shown()}`, { hint })
  }
  return parseDuration(scalar.text) ?? new Mistake(`expected a duration ${durationExample}, not ${scalar.shown()}`)
}

/** A duration such as `1h30m`, in milliseconds; so is the fallback. Negative ones are durations too. */
export function duration(options?: Fallback<string>): z.ZodType<number, unknown> {
  const schema = field(readDuration, { type: 'string', examples: ['30s', '5m', '1h30m'] })
  if (options === undefined) return schema
  const { fallback } = options
  return z.prefault(
    schema.transform((ms) => (ms === 0 ? (parseDuration(fallback) ?? 0) : ms)),
    fallback,
  )
}

/** One of some words, in exactly this spelling. `message` says so in other words. */
export function oneOf<const T extends string>(
  words: readonly T[],
  options: { readonly message?: string } & Partial<Fallback<T>> = {},
): z.ZodType<T, unknown> {
  const read = (input: unknown) => {
    const scalar = scalarOf(input)
    if (scalar === undefined) return new Mistake(`expected a text, not ${kindOf(input)}`)
    if (scalar.text === '' && options.fallback !== undefined) return options.fallback
    const found = words.find((word) => word === scalar.text)
    const message = options.message ?? `must be one of ${words.join(', ')}, not ${scalar.shown()}`
    return found ?? new Mistake(message, { hint: didYouMean(scalar.text, words), mistyped: false })
  }
  const schema = field<T>(read, { enum: words })
  return options.fallback === undefined ? schema : z.prefault(schema, options.fallback)
}

/** A list of texts; nulls in it are left out. A single text is no list. */
export function textList(): z.ZodType<readonly string[], unknown> {
  const read = (input: unknown) => {
    if (!Array.isArray(input)) {
      const scalar = scalarOf(input)
      const hint = scalar === undefined || scalar.fromEnvironment ? undefined : `write it as [${scalar.shown()}]`
      return new Mistake(`expected a list, not ${scalar === undefined ? 'a mapping' : 'a single value'}`, { hint })
    }
    const texts: string[] = []
    for (const [index, item] of input.entries()) {
      if (item === undefined) continue
      const value = readText(item)
      if (value instanceof Mistake) return new Mistake(value.message, { path: [index] })
      texts.push(value)
    }
    return texts
  }
  return field<readonly string[]>(read, { type: 'array', items: { type: ['string', 'number', 'boolean'] } })
}

function readMap<T>(input: unknown, convert: (text: string) => T): Readonly<Record<string, T>> | Mistake {
  if (typeof input !== 'object' || input === null || Array.isArray(input) || input instanceof Scalar) {
    return new Mistake(`expected a mapping, not ${Array.isArray(input) ? 'a list' : 'a single value'}`)
  }
  const entries: [string, T][] = []
  for (const [key, item] of Object.entries(input)) {
    const value = item === undefined ? '' : readText(item)
    if (value instanceof Mistake) return new Mistake(value.message, { path: [key] })
    entries.push([key, convert(value)])
  }
  return Object.fromEntries(entries)
}

const textMapShape = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } }

/** A mapping from names to texts; a null is an empty text. */
export function textMap(): z.ZodType<Readonly<Record<string, string>>, unknown> {
  return field((input) => readMap(input, (value) => value), textMapShape)
}

/** A mapping from names to texts that must not be seen. */
export function secretMap(): z.ZodType<Readonly<Record<string, Secret>>, unknown> {
  return field((input) => readMap(input, (value) => new Secret(value)), { ...textMapShape, writeOnly: true })
}
