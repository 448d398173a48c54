import type { AlertRule } from '../domain/alert-rule.ts'
import type { Endpoint } from '../domain/endpoint.ts'
import type { NoticeContent, NoticeKind } from '../domain/notice.ts'
import type { Result } from '../domain/result.ts'
import { cut } from './message.ts'

/** Bounds what one notice takes in the outbox, and in a message. */
const mostErrors = 20
const longestError = 4_096

interface Cause {
  readonly kind: NoticeKind
  readonly endpoint: Pick<Endpoint, 'key' | 'name' | 'group' | 'url' | 'display'>
  readonly rule: AlertRule
  readonly result: Result
  readonly incident: { readonly id: string; readonly triggeredAt: number }
}

/** What a notice tells, with everything that the endpoint hides left out. */
export function noticeContent({ kind, endpoint, rule, result, incident }: Cause): NoticeContent {
  const { key, name, group, display } = endpoint
  const { type, description, failureThreshold, successThreshold, sendOnResolved } = rule
  const { at, success, durationMs, status, errors, conditions } = result
  return {
    kind,
    endpoint: { key, name, group, url: shownUrl(endpoint) },
    alert: { type, description, failureThreshold, successThreshold, sendOnResolved },
    incidentId: incident.id,
    triggeredAt: incident.triggeredAt,
    result: {
      at,
      success,
      durationMs,
      ...(status !== undefined && { status }),
      errors: display.hideErrors ? [] : errors.slice(0, mostErrors).map((error) => cut(error, longestError)),
      conditions: display.hideConditions ? [] : conditions,
    },
  }
}

/** The url as configured but for its credentials, which no message may carry. */
function shownUrl({ url, display }: Cause['endpoint']): string {
  if (display.hideUrl || display.hideHostname) return ''
  return url.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#]*@/i, '$1')
}
