import { randomUUID } from 'node:crypto'
import type { Notice } from '../domain/notice.ts'
import type { Clock, Destination } from '../domain/ports.ts'
import { createSender, type Outcome } from './attempt.ts'
import type { Proxies } from './http.ts'

interface SampleOptions {
  readonly type: string
  readonly kind: 'trigger' | 'resolve'
  readonly now: number
  /** Shared by a trigger and its resolve. */
  readonly incidentId: string
  /** The group of the endpoint, since overrides go by it. */
  readonly group?: string
}

const durationMs = 42
const incidentMs = 5 * 60_000

/** A notice as a real alert would send it, which says of itself that it is a test. */
export function sampleNotice({ type, kind, now, incidentId, group = '' }: SampleOptions): Notice {
  const success = kind === 'resolve'
  return {
    id: randomUUID(),
    kind,
    late: false,
    sentAt: now,
    endpoint: { key: `${group}_vedette-test`, name: 'vedette-test', group, url: 'https://example.org/health' },
    alert: {
      type,
      description: 'This is a test. Nothing is broken.',
      failureThreshold: 3,
      successThreshold: 2,
      sendOnResolved: true,
    },
    incidentId,
    triggeredAt: success ? now - incidentMs : now,
    result: {
      at: now,
      success,
      durationMs,
      status: success ? 200 : 503,
      errors: success ? [] : ['this is a test'],
      conditions: [
        { condition: '[CONNECTED] == true', success: true },
        { condition: success ? '[STATUS] == 200' : '[STATUS] (503) == 200', success },
      ],
    },
  }
}

export interface SampleReport {
  readonly success: boolean
  /** A line for each notice sent, for the terminal; without secrets. */
  readonly text: string
}

/** Sends a trigger, and if that arrives its resolve. Each is tried once. */
export async function sendSample(
  destination: Destination,
  { clock, group, proxies }: { clock: Clock; group?: string; proxies?: Proxies },
): Promise<SampleReport> {
  const sender = createSender({ clock, proxies })
  const incidentId = randomUUID()
  const lines: string[] = []
  try {
    for (const kind of ['trigger', 'resolve'] as const) {
      const options = { type: destination.type, kind, now: clock.now(), incidentId }
      const outcome = await sender.send(
        destination,
        sampleNotice(group === undefined ? options : { ...options, group }),
      )
      lines.push(`${destination.type}: ${kind} ${described(outcome)}`)
      if (outcome.outcome !== 'delivered') return { success: false, text: lines.join('\n') }
    }
    return { success: true, text: lines.join('\n') }
  } finally {
    await sender.close()
  }
}

function described(outcome: Outcome): string {
  switch (outcome.outcome) {
    case 'delivered':
      return `delivered (answered ${outcome.status})`
    case 'refused':
      return `refused, and would not be tried again: ${outcome.error}`
    case 'failed':
      return `failed, and would be tried again: ${outcome.error}`
    case 'aborted':
      return 'aborted'
  }
}
