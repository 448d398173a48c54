import { z } from 'zod'
import type { AlertProvider } from '../../alerting/providers/define.ts'
import type { Destination } from '../../domain/ports.ts'
import { Scalar } from '../../lib/scalar.ts'
import { bindDestination } from '../destination.ts'
import type { Problem, Spot } from '../spot.ts'
import { plainObject, readReporting } from '../spot.ts'
import type { DefaultAlert } from './alert.ts'
import { alertSchema, canonical } from './alert.ts'

type Settings = Readonly<Record<string, unknown>>

/** Settings as written, and where they stand. */
interface Layer {
  readonly spot: Spot
  readonly settings: Settings
}

interface GroupOverride extends Layer {
  readonly group: string
}

/** A provider as it is configured under `alerting`. */
export interface ConfiguredProvider {
  readonly defaultAlert: DefaultAlert | undefined
  /** Where the notices of an alert go; `undefined` when the settings make no destination, which is reported. */
  destination(group: string, override: Spot): Destination | undefined
}

/** Replaces what `over` sets; what is empty there sets nothing. Lists and mappings are replaced as a whole. */
export function merged(base: Settings, over: Settings): Settings {
  const entries = Object.entries(over).filter(([, value]) => !isEmpty(value))
  return { ...base, ...Object.fromEntries(entries) }
}

function isEmpty(value: unknown): boolean {
  if (value instanceof Scalar) return value.text === ''
  if (Array.isArray(value)) return value.length === 0
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0
}

const without = (settings: Settings, names: readonly string[]): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name)))

const stricts = new WeakMap<AlertProvider, z.ZodObject>()

/** The settings, with an eye on keys that are none of them. */
function strict(provider: AlertProvider): z.ZodObject {
  const schema = stricts.get(provider) ?? z.strictObject(provider.settings.shape)
  stricts.set(provider, schema)
  return schema
}

const leftOut = ({ type }: AlertProvider) => `provider ${type} is left out, and its alerts are not sent`

/** Reads the section of one provider. One that is wrong is left out with a warning: `undefined`. */
export function readProvider(spot: Spot, provider: AlertProvider): ConfiguredProvider | undefined {
  const section = plainObject(spot.plain())
  if (section === undefined) {
    spot.error('expected a mapping')
    return undefined
  }
  const base: Layer = { spot, settings: without(section, ['default-alert', 'overrides']) }
  const overrides = readOverrides(spot.at('overrides'), provider)
  const bound = bind(provider, [base], (at, problem) =>
    at.warn(`${problem.reason}: ${leftOut(provider)}`, problem.hint),
  )
  const defaultSpot = spot.at('default-alert')
  const defaultAlert = defaultSpot.present
    ? { spot: defaultSpot, fields: defaultSpot.readSection(alertSchema) }
    : undefined
  if (overrides === undefined || bound === undefined) return undefined

  const destinations = new Map<string, Destination | undefined>()
  const destinationOf = (group: GroupOverride | undefined, override: Spot): Destination | undefined => {
    const layers: Layer[] = group === undefined ? [base] : [base, group]
    if (override.present) {
      const settings = plainObject(override.plain())
      if (settings === undefined) {
        override.error('expected a mapping')
        return undefined
      }
      layers.push({ spot: override, settings: without(settings, ['group', 'default-alert', 'overrides']) })
    }
    if (layers.length === 1) return bound
    return bind(provider, layers, (at, problem) =>
      at.warn(`${problem.reason}: notices with these settings cannot be sent`, problem.hint),
    )
  }
  return {
    defaultAlert,
    destination(groupName, override) {
      const group = overrides.find(({ group }) => group === groupName)
      const id = `${group === undefined ? '' : overrides.indexOf(group)} ${canonical(override.plain())}`
      if (!destinations.has(id)) destinations.set(id, destinationOf(group, override))
      return destinations.get(id)
    },
  }
}

/** Reads settings laid over each other. What is unknown or of the wrong type is reported; `fail` reports the rest. */
function bind(
  provider: AlertProvider,
  layers: readonly Layer[],
  fail: (at: Spot, problem: Problem) => void,
): Destination | undefined {
  const effective = layers.reduce<Settings>((settings, layer) => merged(settings, layer.settings), {})
  const last = layers.at(-1)
  if (last === undefined) return undefined
  let valid = true
  const settings = readReporting(strict(provider), effective, (problem) => {
    const [name = ''] = problem.path
    // What comes from a layer below was reported with that.
    const layer = layers.findLast(({ settings }) => Object.hasOwn(settings, name))
    const inLast = layer === undefined || layer === last
    valid &&= problem.isUnknownKey
    const at = (layer ?? last).spot.below(problem.path)
    if (problem.isUnknownKey) {
      if (inLast) at.warn(problem.reason, problem.hint)
    } else if (problem.mistyped) {
      if (inLast) at.error(problem.reason, problem.hint)
    } else fail(at, problem)
  })
  return valid && settings !== undefined ? bindDestination(provider, settings) : undefined
}

/** The group overrides; `undefined` when they break a rule that leaves the whole provider out, as it does in Gatus. */
function readOverrides(spot: Spot, provider: AlertProvider): readonly GroupOverride[] | undefined {
  if (!spot.present) return []
  if (!provider.overridable) {
    spot.warn(`${provider.type} has no settings per group`, 'use provider-override in the alerts instead')
    return []
  }
  const overrides: GroupOverride[] = []
  let valid = true
  for (const item of spot.items()) {
    const settings = plainObject(item.plain())
    if (settings === undefined) {
      item.error('expected a mapping')
      continue
    }
    const { group: name } = settings
    const group = name instanceof Scalar ? name.text : ''
    const override: GroupOverride = { spot: item, group, settings: without(settings, ['group']) }
    const reason = overrideProblem(override, overrides, provider)
    if (reason !== undefined) {
      item.warn(`${reason}: ${leftOut(provider)}`)
      valid = false
    }
    overrides.push(override)
  }
  return valid ? overrides : undefined
}

function overrideProblem(
  { group, settings }: GroupOverride,
  others: readonly GroupOverride[],
  { checksGroups, mustOverride }: AlertProvider,
): string | undefined {
  if (checksGroups && group === '') return 'an override needs a group'
  const same = others.find((other) => other.group === group)
  if (checksGroups && same !== undefined) return `duplicate group override, the other is at ${same.spot.where}`
  const missing = mustOverride.find((name) => isEmpty(settings[name]))
  return missing === undefined ? undefined : `an override needs ${missing}`
}
