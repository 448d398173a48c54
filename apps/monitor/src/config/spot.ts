import { z } from 'zod'
import { Scalar } from '../lib/scalar.ts'
import { didYouMean } from '../lib/suggest.ts'
import type { Issues, Path } from './issues.ts'
import { formatPath } from './issues.ts'
import type { Mark, Node } from './tree.ts'
import { isNull, placeOf, plain } from './tree.ts'

type ZodIssue = z.core.$ZodIssue

/** How a spot was come to. */
interface Step {
  readonly from: Spot
  readonly part: string | number
}

/** What sections read as that are not there: the same thing for all of a thousand endpoints. */
const defaults = new WeakMap<z.ZodType, unknown>()

function defaultOf<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
  if (!defaults.has(schema)) defaults.set(schema, schema.parse({}))
  return defaults.get(schema) as z.output<Schema>
}

/** A point of the configuration: reads what is there, and reports problems at its place. */
export class Spot {
  readonly issues: Issues
  readonly node: Node | undefined
  readonly #mark: Mark
  readonly #keyMark: Mark
  readonly #step: Step | undefined

  constructor(node: Node | undefined, mark: Mark, issues: Issues, step?: Step, keyMark = mark) {
    this.node = node
    this.issues = issues
    this.#mark = mark
    this.#keyMark = keyMark
    this.#step = step
  }

  /** From the top to here. */
  get path(): Path {
    return this.#step === undefined ? [] : [...this.#step.from.path, this.#step.part]
  }

  /** Whether there is anything; a null is nothing. */
  get present(): boolean {
    return this.node !== undefined && !isNull(this.node)
  }

  /** What is below: a key of a mapping or an item of a list. What is not there has the place of what it is not in. */
  at(part: string | number): Spot {
    const step = { from: this, part }
    if (this.node?.kind === 'list' && typeof part === 'number') {
      const item = this.node.items[part]
      return new Spot(item, item?.mark ?? this.#mark, this.issues, step)
    }
    const entry = this.node?.kind === 'mapping' ? this.node.entries.get(String(part)) : undefined
    if (entry === undefined) return new Spot(undefined, this.#mark, this.issues, step)
    const inline = entry.value.kind === 'scalar' && !isNull(entry.value)
    return new Spot(entry.value, inline ? entry.value.mark : entry.keyMark, this.issues, step, entry.keyMark)
  }

  /** The spot of a path below. */
  below(path: Path): Spot {
    let spot: Spot = this
    for (const part of path) spot = spot.at(part)
    return spot
  }

  /** The same with the place of its key, for what is wrong with the key itself. */
  get ofKey(): Spot {
    return new Spot(this.node, this.#keyMark, this.issues, this.#step)
  }

  /** The keys of a mapping. */
  keys(): readonly string[] {
    return this.node?.kind === 'mapping' ? [...this.node.entries.keys()] : []
  }

  /** The items of a list; anything else is reported, and has none. */
  items(): readonly Spot[] {
    if (this.node?.kind === 'list') return this.node.items.map((_, index) => this.at(index))
    if (this.present) this.error(`expected a list, not ${kindOf(this.plain())}`)
    return []
  }

  /** `config.yaml:3`, to point at it from elsewhere. */
  get where(): string {
    const { file, line } = placeOf(this.#mark)
    return `${file}:${line}`
  }

  error(reason: string, hint?: string, excerpt?: readonly string[]): void {
    this.#report('error', reason, hint, excerpt)
  }

  warn(reason: string, hint?: string, excerpt?: readonly string[]): void {
    this.#report('warning', reason, hint, excerpt)
  }

  #report(severity: 'error' | 'warning', reason: string, hint?: string, excerpt?: readonly string[]): void {
    this.issues.add({
      severity,
      place: placeOf(this.#mark),
      path: formatPath(this.path),
      reason,
      ...(hint !== undefined && { hint }),
      ...(excerpt !== undefined && { excerpt }),
    })
  }

  /** Plain objects and lists, as schemas read them. */
  plain(): unknown {
    return this.node === undefined ? undefined : plain(this.node)
  }

  /**
   * Reads a mapping. What is wrong in it is reported and left out, so that the rest can still be judged; `undefined`
   * when nothing can be read. The keys `passedOver` are not read, nor reported.
   */
  read<Schema extends z.ZodType>(schema: Schema, passedOver: readonly string[] = []): z.output<Schema> | undefined {
    const input = this.node === undefined ? {} : (plain(this.node, passedOver) ?? {})
    return readReporting(schema, input, (problem) => reportAt(this.below(problem.path), problem))
  }

  /** The same, where everything has a default. */
  readSection<Schema extends z.ZodType>(schema: Schema, passedOver: readonly string[] = []): z.output<Schema> {
    return (this.present ? this.read(schema, passedOver) : undefined) ?? defaultOf(schema)
  }
}

const key = (part: PropertyKey): string | number => (typeof part === 'number' ? part : String(part))

/** Something wrong with one value. */
export interface Problem {
  readonly path: Path
  readonly reason: string
  readonly hint: string | undefined
  /** Of the wrong kind altogether, such as a text for a number. */
  readonly mistyped: boolean
  readonly isUnknownKey: boolean
}

const reportAt = (spot: Spot, { reason, hint, isUnknownKey }: Problem) =>
  isUnknownKey ? spot.ofKey.warn(reason, hint) : spot.error(reason, hint)

/**
 * Parses `input`, tells `report` of each problem, and tries again without the values that had one. Unknown keys are
 * problems too; they never keep the rest from being read.
 */
export function readReporting<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  report: (problem: Problem) => void,
): z.output<Schema> | undefined {
  const reported = new Set<string>()
  let rest = input
  const take = (problem: Problem) => {
    const name = formatPath(problem.path)
    if (!reported.has(name)) report(problem)
    reported.add(name)
    rest = leftOut(rest, problem.path, problem.isUnknownKey)
  }

  for (const path of misplaced(input, schema, [])) {
    take({
      path,
      reason: 'expected a mapping, not a single value',
      hint: undefined,
      mistyped: true,
      isUnknownKey: false,
    })
  }
  for (;;) {
    const parsed = schema.safeParse(rest)
    if (parsed.success) return parsed.data
    const before = rest
    for (const problem of parsed.error.issues.flatMap((issue) => problemsOf(issue, before, schema))) take(problem)
    if (rest === before) return undefined
  }
}

/** Where a scalar stands in the place of a mapping: to zod it is an object, since it is one of ours. */
function misplaced(value: unknown, schema: unknown, path: Path): readonly Path[] {
  const { keys, items } = below(schema)
  if (items !== undefined && Array.isArray(value)) {
    return value.flatMap((item, index) => misplaced(item, items, [...path, index]))
  }
  if (keys === undefined) return []
  if (value instanceof Scalar) return [path]
  const entries = isObject(value) ? Object.entries(value) : []
  return entries.flatMap(([name, item]) =>
    Object.hasOwn(keys, name) ? misplaced(item, keys[name], [...path, name]) : [],
  )
}

function problemsOf(issue: ZodIssue, input: unknown, schema: z.ZodType): readonly Problem[] {
  const path = issue.path.map(key)
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path)
    return issue.keys.map((name) => ({
      path: [...path, name],
      reason: 'unknown key',
      hint: didYouMean(name, known),
      mistyped: false,
      isUnknownKey: true,
    }))
  }
  if (issue.code === 'invalid_type') {
    const reason = `expected ${kindNames[issue.expected] ?? issue.expected}, not ${kindOf(valueAt(input, path))}`
    return [{ path, reason, hint: undefined, mistyped: true, isUnknownKey: false }]
  }
  const params: Record<string, unknown> = issue.code === 'custom' ? (issue.params ?? {}) : {}
  const { hint, mistyped } = params
  return [
    {
      path,
      reason: issue.message,
      hint: typeof hint === 'string' ? hint : undefined,
      mistyped: mistyped === true,
      isUnknownKey: false,
    },
  ]
}

const kindNames: Readonly<Record<string, string>> = { object: 'a mapping', array: 'a list', record: 'a mapping' }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** The mapping that a plain value is, if it is one. */
export const plainObject = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  isObject(value) ? value : undefined

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return isObject(value) ? 'a mapping' : 'a single value'
}

function valueAt(input: unknown, path: Path): unknown {
  let value = input
  for (const part of path) {
    if (Array.isArray(value)) value = value[Number(part)]
    else if (isObject(value) && Object.hasOwn(value, part)) value = value[part]
    else return undefined
  }
  return value
}

/** `input` without the value at `path`; `input` itself when there is none. */
function leftOut(input: unknown, path: Path, wholly: boolean): unknown {
  const [part, ...rest] = path
  if (part === undefined) return {}
  if (Array.isArray(input)) {
    // Without an item, those behind it would move: the whole list goes.
    if (rest.length === 0) return undefined
    const index = Number(part)
    const item = leftOut(input[index], rest, wholly)
    return item === input[index] ? input : input.with(index, item)
  }
  if (!isObject(input) || !Object.hasOwn(input, part)) return input
  const value = input[part]
  const next = rest.length === 0 ? undefined : leftOut(value, rest, wholly)
  if (next === value && !(wholly && rest.length === 0)) return input
  const entries = Object.entries(input)
  if (rest.length > 0) return Object.fromEntries(entries.map(([name, old]) => [name, name === part ? next : old]))
  return Object.fromEntries(entries.filter(([name]) => name !== part))
}

/** What a schema has below it: the schemas of its keys, or that of its items. */
interface Below {
  readonly keys?: Readonly<Record<string, unknown>>
  readonly items?: unknown
}

function below(schema: unknown): Below {
  if (schema instanceof z.ZodObject) return { keys: schema.shape }
  if (schema instanceof z.ZodArray) return { items: schema.element }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault) return below(schema.unwrap())
  return {}
}

/** The keys that a schema knows at a path. */
function knownKeys(schema: unknown, path: Path): readonly string[] {
  const { keys = {}, items } = below(schema)
  const [part, ...rest] = path
  if (part === undefined) return Object.keys(keys)
  return knownKeys(typeof part === 'number' ? items : Object.hasOwn(keys, part) ? keys[part] : undefined, rest)
}
