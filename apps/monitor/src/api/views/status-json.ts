import type { BoardEntry } from '../../domain/board.ts'
import type { Event } from '../../domain/event.ts'
import type { ConditionResult, Result } from '../../domain/result.ts'
import { rfc3339 } from '../../lib/timestamp.ts'
import type { Page } from '../pagination.ts'
import { pageSpan } from '../pagination.ts'

const nsPerMs = 1_000_000

/** Results that held share one list of conditions, endpoint by endpoint, so that most of the text is made once. */
const conditionTexts = new WeakMap<readonly ConditionResult[], string>()

function conditionsJson(conditions: readonly ConditionResult[]): string {
  const known = conditionTexts.get(conditions)
  if (known !== undefined) return known
  const text = JSON.stringify(conditions)
  conditionTexts.set(conditions, text)
  return text
}

/** Texts that need no escape are by far the most, and quoting them costs a tenth. */
const quoted = (text: string) => (/^[\w .:/-]*$/.test(text) ? `"${text}"` : JSON.stringify(text))

/**
 * A result as the Gatus API shows it (`GatusResult`): nanoseconds, RFC 3339, empty members left out. Written by hand,
 * since lists hold a hundred thousand of them.
 */
export function resultJson({ status, hostname, durationMs, errors, conditions, success, at }: Result): string {
  const parts =
    (status ? `"status":${status},` : '') +
    (hostname ? `"hostname":${quoted(hostname)},` : '') +
    `"duration":${Math.round(durationMs * nsPerMs)},` +
    (errors.length > 0 ? `"errors":${JSON.stringify(errors)},` : '') +
    (conditions.length > 0 ? `"conditionResults":${conditionsJson(conditions)},` : '')
  return `{${parts}"success":${success},"timestamp":"${rfc3339(at)}"}`
}

/** What stands before the results of an endpoint. */
export function statusHead({ name, group, key }: BoardEntry['endpoint']): string {
  const groupPart = group === '' ? '' : `"group":${JSON.stringify(group)},`
  return `{"name":${JSON.stringify(name)},${groupPart}"key":${JSON.stringify(key)},"results":[`
}

/** What stands behind them. */
export function statusTail(events: readonly Event[]): string {
  const shown = events.map(({ type, at }) => ({ type, timestamp: rfc3339(at) }))
  return shown.length === 0 ? ']}' : `],"events":${JSON.stringify(shown)}}`
}

/** JSON of one endpoint's page of results and its events (`GatusStatus`). */
export function statusJson({ endpoint, results, events }: BoardEntry, page: Page): string {
  const { from, to } = pageSpan(results.length, page)
  const shown = results.slice(from, to).map(resultJson)
  return statusHead(endpoint) + shown.join(',') + statusTail(events.slice())
}
