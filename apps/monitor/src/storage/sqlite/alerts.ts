import { eq, sql } from 'drizzle-orm'
import type { AlertState } from '../../domain/alert.ts'
import type { AlertRecord } from '../../domain/ports.ts'
import type { Db } from './database.ts'
import * as schema from './schema.ts'

const { alerts: table } = schema

const replaced = (column: string) => sql.raw(`excluded.${column}`)

export function createAlerts(db: Db) {
  const upsert = db
    .insert(table)
    .values({
      endpointId: sql.placeholder('endpointId'),
      alertId: sql.placeholder('alertId'),
      failuresInARow: sql.placeholder('failuresInARow'),
      successesInARow: sql.placeholder('successesInARow'),
      triggered: sql.placeholder('triggered'),
      lastNoticeAt: sql.placeholder('lastNoticeAt'),
      incidentId: sql.placeholder('incidentId'),
      incidentTriggeredAt: sql.placeholder('incidentTriggeredAt'),
    })
    .onConflictDoUpdate({
      target: [table.endpointId, table.alertId],
      set: {
        failuresInARow: replaced('failures_in_a_row'),
        successesInARow: replaced('successes_in_a_row'),
        triggered: replaced('triggered'),
        lastNoticeAt: replaced('last_notice_at'),
        incidentId: replaced('incident_id'),
        incidentTriggeredAt: replaced('incident_triggered_at'),
      },
    })
    .prepare()

  return {
    save(endpointId: number, { alertId, state }: AlertRecord): void {
      upsert.run({
        endpointId,
        alertId,
        failuresInARow: state.failuresInARow,
        successesInARow: state.successesInARow,
        triggered: state.triggered,
        lastNoticeAt: state.lastNoticeAt ?? null,
        incidentId: state.incident?.id ?? null,
        incidentTriggeredAt: state.incident?.triggeredAt ?? null,
      })
    },
  }
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
