import type { AlertProvider } from '../alerting/providers/define.ts'
import { providers } from '../alerting/providers/index.ts'
import type { Destination } from '../domain/ports.ts'
import { Secret } from '../lib/secret.ts'

const registry: Readonly<Record<string, AlertProvider>> = providers

type Settings = Readonly<Record<string, unknown>>

/** A value of the settings as plain data: what is secret is marked, since no class survives the way. */
type PlainValue =
  | { readonly secret: string }
  | { readonly items: readonly PlainValue[] }
  | { readonly entries: readonly (readonly [name: string, value: PlainValue])[] }
  | { readonly value: unknown }

/** What makes a destination, as plain data. Holds secrets as text: it must not leave the process. */
export interface PlainDestination {
  readonly type: string
  readonly settings: readonly (readonly [name: string, value: PlainValue])[]
}

const settingsOf = new WeakMap<Destination, Settings>()

/** A destination that can be turned into plain data, out of settings that the schema of its provider has read. */
export function bindDestination(provider: AlertProvider, settings: Settings): Destination {
  const destination = provider.bind(settings)
  settingsOf.set(destination, settings)
  return destination
}

const isMapping = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

const plainEntries = (settings: Settings) =>
  Object.entries(settings).map(([name, value]) => [name, plainValue(value)] as const)

function plainValue(value: unknown): PlainValue {
  if (value instanceof Secret) return { secret: value.reveal() }
  if (Array.isArray(value)) return { items: value.map(plainValue) }
  return isMapping(value) ? { entries: plainEntries(value) } : { value }
}

const settingsFrom = (entries: PlainDestination['settings']): Settings =>
  Object.fromEntries(entries.map(([name, value]) => [name, valueFrom(value)]))

function valueFrom(plain: PlainValue): unknown {
  if ('secret' in plain) return new Secret(plain.secret)
  if ('items' in plain) return plain.items.map(valueFrom)
  return 'entries' in plain ? settingsFrom(plain.entries) : plain.value
}

/** Takes what `bindDestination` made. */
export function plainDestination(destination: Destination): PlainDestination {
  const settings = settingsOf.get(destination)
  if (settings === undefined) throw new Error(`nothing is known of what this ${destination.type} was made of`)
  return { type: destination.type, settings: plainEntries(settings) }
}

/** The destination that the same settings made in another thread. */
export function destinationFrom({ type, settings }: PlainDestination): Destination {
  const provider = registry[type]
  if (provider === undefined) throw new Error(`there is no provider "${type}"`)
  return bindDestination(provider, settingsFrom(settings))
}
