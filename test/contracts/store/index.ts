import { alertsContract } from './alerts.ts'
import { bucketsContract } from './buckets.ts'
import { endpointsContract } from './endpoints.ts'
import { eventsContract } from './events.ts'
import { failedAppendContract } from './failed-append.ts'
import { pruningContract } from './pruning.ts'
import { resultsContract } from './results.ts'
import type { StoreContract } from './tools.ts'
import { toolsOf } from './tools.ts'

/** What every store must do. */
export function storeContract(contract: StoreContract): void {
  const tools = toolsOf(contract)
  resultsContract(tools)
  failedAppendContract(tools)
  bucketsContract(tools)
  eventsContract(tools)
  alertsContract(tools)
  endpointsContract(tools)
  pruningContract(tools)
}
