import type { WriterHealth } from './writer.ts'

type Part = 'storage' | 'delivery' | 'configuration'

interface Degradation {
  readonly part: Part
  readonly reason: string
}

interface DeliveryHealth {
  readonly failing: readonly { readonly type: string }[]
}

/** What is wrong with the configuration that was read last: it is not in use. */
export type Unused = 'invalid' | 'refused'

const reasonsUnused: Readonly<Record<Unused, string>> = {
  invalid: 'the configuration was changed but is invalid; the one before is in use',
  refused: 'the changed configuration could not be put to use yet; it is tried again',
}

/** What of the monitor itself does not work as it should. Reasons are for everyone to read: no addresses, no secrets. */
export function degradations(
  writer: WriterHealth,
  delivery: DeliveryHealth,
  configuration: Unused | undefined,
): readonly Degradation[] {
  const found: Degradation[] = []
  if (writer.failingSince !== undefined) {
    found.push({ part: 'storage', reason: `storage refuses results; ${writer.backlog} wait in memory` })
  }
  for (const { type } of delivery.failing) {
    found.push({ part: 'delivery', reason: `notices through ${type} do not get out` })
  }
  if (configuration !== undefined) found.push({ part: 'configuration', reason: reasonsUnused[configuration] })
  return found
}
