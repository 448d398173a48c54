export type { Condition, ConditionResult, Need } from './condition.ts'
export {
  type Context,
  type ContextValue,
  contextGet,
  contextSet,
  type Replaced,
  replaceContext,
} from './context.ts'
export { formatDuration, parseDuration } from './duration.ts'
export { ConditionError, explain } from './error.ts'
export { type Display, evaluate } from './evaluate.ts'
export { createFacts, type FactSheet, type Facts } from './facts.ts'
export type { Span } from './lex.ts'
export { parseCondition, placeholderNeeds } from './parse.ts'
export { matchesPattern } from './pattern.ts'
export { type Resolved, resolvePlaceholder, storeValue } from './placeholder.ts'
export { type ConditionWarning, conditionWarnings } from './warnings.ts'
