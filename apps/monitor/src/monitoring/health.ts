import type { WriterHealth } from './writer.ts'

type Part = 'storage' | 'delivery' | 'configuration'

interface Degradation {
  readonly part: Part
  readonly reason: string
}

interface DeliveryHealth {
  readonly failing: readonly { readonly type: string }[]
}

/** What of the monitor itself does not work as it should. Reasons are for everyone to read: no addresses, no secrets. */
export function degradations(
  writer: WriterHealth,
  delivery: DeliveryHealth,
  invalidConfiguration: boolean,
): readonly Degradation[] {
  const found: Degradation[] = []
  if (writer.failingSince !== undefined) {
    found.push({ part: 'storage', reason: `storage refuses results; ${writer.backlog} wait in memory` })
  }
  for (const { type } of delivery.failing) {
    found.push({ part: 'delivery', reason: `notices through ${type} do not get out` })
  }
  if (invalidConfiguration) {
    found.push({
      part: 'configuration',
      reason: 'the configuration was changed but is invalid; the one before is in use',
    })
  }
  return found
}
