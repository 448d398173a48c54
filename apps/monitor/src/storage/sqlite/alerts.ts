import { eq } from 'drizzle-orm'
import type { AlertState } from '../../domain/alert.ts'
import type { AlertRecord } from '../../domain/ports.ts'
import type { Db } from './database.ts'
import * as schema from './schema.ts'

const { alerts: table } = schema

export function saveAlert(db: Db, endpointId: number, { alertId, state }: AlertRecord): void {
  const columns = {
    failuresInARow: state.failuresInARow,
    successesInARow: state.successesInARow,
    triggered: state.triggered,
    lastNoticeAt: state.lastNoticeAt ?? null,
    incidentId: state.incident?.id ?? null,
    incidentTriggeredAt: state.incident?.triggeredAt ?? null,
  }
  db.insert(table)
    .values({ endpointId, alertId, ...columns })
    .onConflictDoUpdate({ target: [table.endpointId, table.alertId], set: columns })
    .run()
}

/** Of all endpoints, those gone included: one that returns goes on where it was. */
export const readAlerts = (db: Db): readonly AlertRecord[] =>
  db
    .select({ endpointKey: schema.endpoints.key, row: table })
    .from(table)
    .innerJoin(schema.endpoints, eq(table.endpointId, schema.endpoints.id))
    .all()
    .map(({ endpointKey, row }) => ({ endpointKey, alertId: row.alertId, state: stateOf(row) }))

function stateOf(row: typeof table.$inferSelect): AlertState {
  const { failuresInARow, successesInARow, triggered, lastNoticeAt, incidentId, incidentTriggeredAt } = row
  return {
    failuresInARow,
    successesInARow,
    triggered,
    ...(lastNoticeAt !== null && { lastNoticeAt }),
    ...(incidentId !== null &&
      incidentTriggeredAt !== null && { incident: { id: incidentId, triggeredAt: incidentTriggeredAt } }),
  }
}
