import type { Check } from '../contract.ts'
import { latencyText } from '../model/numbers.ts'
import { say, type TextKey } from '../text/say.ts'
import { StateIcon } from './icons.tsx'
import { Moment } from './Moment.tsx'

const firstChecks = 10

interface Props {
  readonly checks: readonly Check[]
  readonly now: number
}

/** The newest checks; the older ones wait in a fold. */
export function CheckList({ checks, now }: Props) {
  if (checks.length === 0) return <p class="quiet">{say('detail.checks.none')}</p>
  const older = checks.slice(firstChecks)
  return (
    <>
      <Checks checks={checks.slice(0, firstChecks)} now={now} />
      {older.length > 0 && (
        <details class="older">
          <summary>{say('detail.checks.more', { n: older.length })}</summary>
          <Checks checks={older} now={now} />
        </details>
      )}
    </>
  )
}

export function Checks({ checks, now }: Props) {
  return (
    <ul class="checks">
      {checks.map((check) => (
        <li key={check.at}>
          <CheckEntry check={check} now={now} />
        </li>
      ))}
    </ul>
  )
}

function CheckEntry({ check, now }: { check: Check; now: number }) {
  const failed = check.conditions.find((condition) => !condition.success)
  const reason = check.success ? undefined : (check.errors[0] ?? failed?.condition)
  const state = check.success ? 'up' : 'down'
  return (
    <details>
      <summary>
        <StateIcon state={state} />
        <span class="vh">{say(`state.${state}`)}</span>
        <Moment at={check.at} now={now} format="seconds" />
        <span class="code">{check.status ?? ''}</span>
        <span class="num">{latencyText(check.durationMs)}</span>
        <span class="why">
          {check.maintenance && <span class="t-maintenance">{say('detail.maintenance')} </span>}
          {reason === undefined ? <Phases check={check} /> : <code>{reason}</code>}
        </span>
      </summary>
      <Conditions check={check} />
      <PhaseWords check={check} />
    </details>
  )
}

/** Every condition with its mark and the value it met, then the errors. */
export function Conditions({ check }: { check: Check }) {
  return (
    <ul class="conditions">
      {check.errors.map((error) => (
        <li key={error}>
          <span class="t-down">{say('detail.error')} </span>
          <code>{error}</code>
        </li>
      ))}
      {check.conditions.map(({ condition, success }) => (
        <li key={condition}>
          <StateIcon state={success ? 'up' : 'down'} />
          <span class="vh">{say(success ? 'detail.condition.ok' : 'detail.condition.failed')}</span>
          <code>{condition}</code>
        </li>
      ))}
    </ul>
  )
}

const phases = ['dns', 'connect', 'tls', 'firstByte', 'download'] as const

interface Phase {
  readonly name: (typeof phases)[number]
  readonly ms: number
}

const phasesOf = (check: Check): Phase[] =>
  phases.flatMap((name) => {
    const ms = check.phases?.[`${name}Ms`]
    return ms === undefined ? [] : [{ name, ms }]
  })

/** Where the time went, as a picture; the words are `PhaseWords`. */
function Phases({ check }: { check: Check }) {
  const known = phasesOf(check)
  const total = known.reduce((sum, { ms }) => sum + ms, 0)
  if (total <= 0) return null
  let x = 0
  return (
    <svg class="phases" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
      {known.map(({ name, ms }) => {
        const width = Math.max(Math.round((ms / total) * 1000) - 4, 2)
        const from = x
        x += width + 4
        return <rect key={name} class={name} x={from} width={width} height="8" />
      })}
    </svg>
  )
}

function PhaseWords({ check }: { check: Check }) {
  const known = phasesOf(check)
  if (known.length === 0) return null
  return (
    <p class="phase-words">
      {known.map(({ name, ms }) => (
        <span key={name}>
          <svg class="key phases" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
            <rect class={name} width="10" height="10" />
          </svg>
          {say(`phase.${name}` satisfies TextKey)} {latencyText(ms)}
        </span>
      ))}
    </p>
  )
}
