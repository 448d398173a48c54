import type { FactName } from './facts.ts'
import type { JsonPath } from './json-path.ts'
import type { Operator } from './lex.ts'
import type { Numeric } from './number.ts'
import type { Pattern } from './pattern.ts'

/** What a condition asks of a check beyond what every check sees. */
export type Need = 'body' | 'ip' | 'domainExpiration'

/** A parsed condition: plain data, which survives being posted to a worker. */
export interface Condition {
  readonly source: string
  readonly needs: ReadonlySet<Need>
  readonly operator: Operator
  /** The operands as they are shown. */
  readonly left: Operand
  readonly right: Operand
  readonly test: Test
  /** The results that show the condition as it was written, shared by all checks. */
  readonly passed: ConditionResult
  readonly failed: ConditionResult
}

export interface ConditionResult {
  /** The text to show. */
  readonly condition: string
  readonly success: boolean
}

/** What is compared; with `negated`, the condition holds when the test does not. */
export type Test =
  | {
      readonly type: 'order'
      readonly operator: '<' | '<=' | '>' | '>='
      readonly left: Operand
      readonly right: Operand
    }
  | { readonly type: 'equal'; readonly negated: boolean; readonly left: Operand; readonly right: Operand }
  | { readonly type: 'pattern'; readonly negated: boolean; readonly subject: Operand; readonly pattern: Pattern }
  | { readonly type: 'any'; readonly negated: boolean; readonly subject: Operand; readonly options: Options }

/** The alternatives of `any(...)`: the texts, and the values of those that are decimals. */
export interface Options {
  readonly texts: ReadonlySet<string>
  readonly values: readonly Numeric[]
}

export type Call = 'len' | 'has'

export type Operand = Literal | FactOperand | BodyPathOperand | ContextOperand | UnknownOperand

export interface Literal {
  readonly type: 'literal'
  /** The operand as written, without the white space around it. */
  readonly source: string
  /** As an integer of 64 bits, and the same as a double where that is exact. */
  readonly integer: bigint | undefined
  readonly safeInteger: number | undefined
  /** If written as a decimal or in scientific notation: what numbers of JSON are compared with by value. */
  readonly decimal: Numeric | undefined
  /** As a number or a duration, for comparisons of order. */
  readonly quantity: Numeric | undefined
}

interface Lookup {
  readonly source: string
  readonly call: Call | undefined
}

export interface FactOperand extends Lookup {
  readonly type: 'fact'
  readonly name: FactName
}

export interface BodyPathOperand extends Lookup {
  readonly type: 'path'
  /** Undefined for the empty path, which stands for the whole body. */
  readonly path: JsonPath | undefined
}

export interface ContextOperand extends Lookup {
  readonly type: 'context'
  /** Undefined if what follows `[CONTEXT]` is no path. */
  readonly keys: readonly string[] | undefined
  /** What the operand is outside a suite. */
  readonly otherwise: Literal | UnknownOperand
}

/** A function of something that is no placeholder. */
export interface UnknownOperand {
  readonly type: 'unknown'
  readonly source: string
  readonly call: Call
}
