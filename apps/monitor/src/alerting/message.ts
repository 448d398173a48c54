import { displayName } from '../domain/endpoint.ts'
import type { Notice } from '../domain/notice.ts'
import type { ConditionResult } from '../domain/result.ts'

/*
 * The wording that providers share. Texts are Gatus's own, since people filter and route by them.
 */

/** The title of a message where none is configured. */
export const defaultTitle = ':helmet_with_white_cross: Gatus'

/** Said of a trigger that comes when its incident is over already; on-time texts stay as they are. */
const lateMark = ' (already over)'

export const isResolve = (notice: Notice) => notice.kind === 'resolve'

const lateness = (notice: Notice) => (notice.late ? lateMark : '')

/** What happened to which endpoint. `emphasis` is put on both sides of its name. */
export function headline(notice: Notice, emphasis = ''): string {
  const { alert, endpoint } = notice
  const name = `${emphasis}${displayName(endpoint)}${emphasis}`
  if (isResolve(notice)) {
    return `An alert for ${name} has been resolved after passing successfully ${alert.successThreshold} time(s) in a row`
  }
  const times = `${alert.failureThreshold} time(s) in a row`
  return `An alert for ${name} has been triggered due to having failed ${times}${lateness(notice)}`
}

/** What follows the headline: the description, if any, as a quotation. */
export const quotation = ({ alert }: Notice) => (alert.description === '' ? '' : `:\n> ${alert.description}`)

/** `TRIGGERED` or `RESOLVED`: how templates and their receivers know the two. */
export const stateWord = (notice: Notice) => (isResolve(notice) ? 'RESOLVED' : 'TRIGGERED')

/** A line for each condition, with the emoji names that chat services know. */
export const conditionLines = (conditions: readonly ConditionResult[]) =>
  conditions.map(({ condition, success }) => `${success ? ':white_check_mark:' : ':x:'} - \`${condition}\`\n`)

/** The conditions on one line. */
export const conditionList = (conditions: readonly ConditionResult[]) =>
  conditions.map(({ condition, success }) => `${success ? '✅' : '❌'} - \`${condition}\``).join(', ')

/** `text` in at most `limit` UTF-16 units, which is how chat services count; what was cut shows as an ellipsis. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  const end = limit - 1
  // Half of a surrogate pair would be no character at all.
  const splits = /[\ud800-\udbff]/.test(text.charAt(end - 1))
  return `${text.slice(0, splits ? end - 1 : end)}…`
}

/** As many whole lines as fit into `limit`, and how many were left out. A line that alone is too long is cut. */
export function fitLines(lines: readonly string[], limit: number): string {
  const whole = lines.join('')
  if (whole.length <= limit) return whole
  const left = (count: number) => `… and ${count} more\n`
  const room = limit - left(lines.length).length
  let text = ''
  for (const [index, line] of lines.entries()) {
    const space = room - text.length
    if (line.length <= space) {
      text += line
      continue
    }
    if (index === 0) return `${cut(line, space)}\n${lines.length > 1 ? left(lines.length - 1) : ''}`.slice(0, limit)
    return text + left(lines.length - index)
  }
  return text
}
