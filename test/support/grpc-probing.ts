import type { Need } from '@vedette/conditions'
import type { CheckTarget } from '../../apps/monitor/src/domain/endpoint.ts'
import { systemClock } from '../../apps/monitor/src/lib/clock.ts'
import { createGrpcProbe } from '../../apps/monitor/src/probes/grpc-probe.ts'

/** A gRPC probe, closed by the block that made it. */
export function probing() {
  const probe = createGrpcProbe({ clock: systemClock })
  const needs: ReadonlySet<Need> = new Set(['body'])
  return {
    forget: probe.forget,
    observe: (target: CheckTarget, signal = AbortSignal.timeout(10_000)) => probe.observe(target, { signal, needs }),
    [Symbol.asyncDispose]: () => probe.close(),
  }
}

/** What a check that is given up after 300 ms sees. */
export function briefly({ observe }: ReturnType<typeof probing>, target: CheckTarget) {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new Error('timeout after 300 ms')), 300)
  return observe(target, controller.signal).finally(() => clearTimeout(timer))
}
