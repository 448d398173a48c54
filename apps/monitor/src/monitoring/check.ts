import { type Condition, createFacts, evaluate, type Need, parseCondition } from '@vedette/conditions'
import type { CheckTarget, EndpointType } from '../domain/endpoint.ts'
import type { Observation } from '../domain/observation.ts'
import type { Clock, Probe } from '../domain/ports.ts'
import type { ConditionResult, Result } from '../domain/result.ts'
import { abortable } from '../lib/abortable.ts'
import { causeOf } from '../lib/cause.ts'
import { startDeadline } from './checker/deadline.ts'
import { hostnameOf } from './checker/hostname.ts'
import { createRedact } from './checker/redact.ts'

export interface CheckOutside {
  readonly clock: Clock
  readonly probes: ReadonlyMap<EndpointType, Probe>
  /** The first address of a host, as the system sees it. */
  readonly addressOf: (hostname: string) => Promise<string>
}

/**
 * Checks one target, once. Never rejects: a bug becomes a failed result. The time-out of the target aborts
 * `controller`; the caller may do so too.
 */
export type Check = (target: CheckTarget, controller: AbortController) => Promise<Result>

/** What is worked out once per target. */
interface Plan {
  readonly conditions: readonly Condition[]
  /** Of conditions that cannot be read. */
  readonly errors: readonly string[]
  readonly needs: ReadonlySet<Need>
  readonly hostname: string
  readonly redact: (errors: readonly string[]) => readonly string[]
  readonly display: { readonly dontResolveFailed: boolean; readonly resolveSuccessful: boolean }
  /** The condition results of a check in which every condition held, shared by all such results. */
  readonly allPassed: readonly ConditionResult[]
}

/** What a check saw, before the conditions had their say. */
interface Sighting {
  readonly observation: Observation
  /** False when there was nothing to judge in the first place. */
  readonly sound: boolean
}

const none: readonly never[] = []

const unseen = (errors: readonly string[]): Sighting => ({
  observation: { connected: false, durationMs: 0, errors },
  sound: false,
})

function planOf(target: CheckTarget): Plan {
  const conditions: Condition[] = []
  const errors: string[] = []
  for (const source of target.conditions) {
    try {
      conditions.push(parseCondition(source))
    } catch (error) {
      errors.push(causeOf(error))
    }
  }
  const { dontResolveFailedConditions, resolveSuccessfulConditions } = target.display
  return {
    conditions,
    errors,
    needs: new Set(conditions.flatMap((condition) => [...condition.needs])),
    hostname: hostnameOf(target),
    redact: createRedact(target),
    display: { dontResolveFailed: dontResolveFailedConditions, resolveSuccessful: resolveSuccessfulConditions },
    allPassed: conditions.map((condition) => condition.passed),
  }
}

/** The results of the conditions; where all are as in `allPassed`, that very list. */
function evaluateAll({ conditions, display, allPassed }: Plan, observation: Observation): readonly ConditionResult[] {
  const facts = createFacts({ ...observation, responseTimeMs: observation.durationMs })
  let results: ConditionResult[] | undefined
  for (const [index, condition] of conditions.entries()) {
    const result = evaluate(condition, facts, display)
    if (results === undefined && result !== allPassed[index]) results = allPassed.slice(0, index)
    results?.push(result)
  }
  return results ?? allPassed
}

/** Whole microseconds. */
const rounded = (durationMs: number) => Math.round(durationMs * 1000) / 1000

const distinct = (errors: readonly string[]) => (errors.length < 2 ? errors : [...new Set(errors)])

export function createCheck({ clock, probes, addressOf }: CheckOutside): Check {
  const plans = new WeakMap<CheckTarget, Plan>()

  function knownPlan(target: CheckTarget): Plan {
    const known = plans.get(target)
    if (known !== undefined) return known
    const plan = planOf(target)
    plans.set(target, plan)
    return plan
  }

  /** The address, or the error of looking it up; both bounded by the signal. */
  async function lookUp(hostname: string, signal: AbortSignal): Promise<{ ip: string } | { error: string }> {
    try {
      return { ip: await abortable(addressOf(hostname), signal) }
    } catch (error) {
      return { error: `lookup ${hostname}: ${causeOf(error)}` }
    }
  }

  async function observe(
    target: CheckTarget,
    { needs, hostname, errors }: Plan,
    signal: AbortSignal,
  ): Promise<Sighting> {
    if (errors.length > 0) return unseen(errors)
    const probe = probes.get(target.type)
    if (probe === undefined) return unseen([`endpoints of type ${target.type} cannot be checked`])
    const found = needs.has('ip') && hostname !== '' ? await lookUp(hostname, signal) : undefined
    if (found !== undefined && 'error' in found) return unseen([found.error])
    const observation = await probe.observe(target, { signal, needs })
    return { observation: found === undefined ? observation : { ...observation, ip: found.ip }, sound: true }
  }

  /** Conditions decide; what the probe ran into is only told. */
  function judge(target: CheckTarget, plan: Plan, { observation, sound }: Sighting): Result {
    const { hideConditions, hideHostname } = target.display
    const conditions = evaluateAll(plan, observation)
    return {
      key: target.key,
      at: clock.now(),
      success: sound && (conditions === plan.allPassed || conditions.every((condition) => condition.success)),
      durationMs: rounded(observation.durationMs),
      connected: observation.connected,
      status: observation.status,
      hostname: hideHostname || plan.hostname === '' ? undefined : plan.hostname,
      ip: hideHostname ? undefined : observation.ip,
      dnsRcode: observation.dnsRcode,
      certificateExpirationMs: observation.certificateExpirationMs,
      domainExpirationMs: observation.domainExpirationMs,
      errors: plan.redact(distinct(observation.errors)),
      conditions: hideConditions ? none : conditions,
      phases: observation.phases,
      maintenance: false,
    }
  }

  return async (target, controller) => {
    const stopDeadline = startDeadline(clock, controller, target.client.timeoutMs)
    try {
      const plan = knownPlan(target)
      return judge(target, plan, await observe(target, plan, controller.signal))
    } catch (error) {
      return failedResult(target, clock.now(), `internal error: ${causeOf(error)}`)
    } finally {
      stopDeadline()
    }
  }
}

/** The result of a check that did not come about, through no fault of its endpoint. */
export function failedResult(target: CheckTarget, at: number, error: string): Result {
  const errors = target.display.hideErrors ? none : [error]
  return {
    key: target.key,
    at,
    success: false,
    durationMs: 0,
    connected: false,
    errors,
    conditions: none,
    maintenance: false,
  }
}
