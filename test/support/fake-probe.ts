import type { CheckTarget, EndpointType } from '../../apps/monitor/src/domain/endpoint.ts'
import type { Observation } from '../../apps/monitor/src/domain/observation.ts'
import type { Probe, ProbeContext } from '../../apps/monitor/src/domain/ports.ts'

export interface FakeProbe extends Probe {
  /** Checks under way, oldest first. */
  readonly running: readonly Run[]
  readonly forgotten: readonly CheckTarget[]
  readonly closed: boolean
}

export interface Run {
  readonly target: CheckTarget
  readonly context: ProbeContext
  /** Ends it with what it saw: connected after 1 ms, unless told otherwise. */
  see(seen?: Partial<Observation>): void
  fail(error: unknown): void
}

/** A probe that sees what the test says, when it says so; an abort ends it as a probe must. */
export function fakeProbe(type: EndpointType = 'HTTP'): FakeProbe {
  const running: Run[] = []
  const forgotten: CheckTarget[] = []
  let closed = false

  return {
    type,
    running,
    forgotten,
    get closed() {
      return closed
    },
    observe: (target, context) =>
      new Promise((resolve, reject) => {
        const end = (work: () => void) => {
          const index = running.indexOf(run)
          if (index >= 0) running.splice(index, 1)
          work()
        }
        const run: Run = {
          target,
          context,
          see: (seen) => end(() => resolve({ connected: true, durationMs: 1, errors: [], ...seen })),
          fail: (error) => end(() => reject(error)),
        }
        running.push(run)
        const { signal } = context
        const onAbort = () => run.see({ connected: false, errors: [signal.reason.message] })
        signal.addEventListener('abort', onAbort, { once: true })
      }),
    forget: (target) => void forgotten.push(target),
    async close() {
      closed = true
    },
  }
}
