import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { NoticeContent } from '../../domain/notice.ts'

// Moments are milliseconds since 1970. Absent is NULL, which takes no space in a row.

export const endpoints = sqliteTable('endpoints', {
  id: integer().primaryKey(),
  key: text().notNull().unique(),
  name: text().notNull(),
  group: text().notNull(),
  /** Since when it is no longer in the configuration. */
  goneAt: integer('gone_at'),
  firstResultAt: integer('first_result_at'),
})

const endpointId = () =>
  integer('endpoint_id')
    .notNull()
    .references(() => endpoints.id, { onDelete: 'cascade' })

/** What the results of an endpoint have in common, kept once: host names, addresses, lists of conditions (as JSON). */
export const texts = sqliteTable(
  'texts',
  {
    id: integer().primaryKey(),
    endpointId: endpointId(),
    text: text().notNull(),
  },
  (table) => [index('texts_endpoint').on(table.endpointId)],
)

/**
 * Raw results in the order they were recorded. There is no index on the endpoint, nor a foreign key that would ask
 * for one: every flush would touch one page of it per endpoint. `ResultTable` remembers the ids of each endpoint.
 */
export const results = sqliteTable('results', {
  id: integer().primaryKey(),
  endpointId: integer('endpoint_id').notNull(),
  at: integer().notNull(),
  /** Microseconds. */
  duration: integer().notNull(),
  /** 1 success, 2 connected, 4 maintenance. */
  flags: integer().notNull(),
  status: integer(),
  /** Conditions that all held, as a JSON list in `texts`. */
  conditionsId: integer('conditions_id'),
  hostnameId: integer('hostname_id'),
  ipId: integer('ip_id'),
  dnsRcodeId: integer('dns_rcode_id'),
  /** Milliseconds. */
  certificateExpiration: integer('certificate_expiration'),
  /** Milliseconds. */
  domainExpiration: integer('domain_expiration'),
  phases: blob({ mode: 'buffer' }),
  /** What it does not have in common with others, as JSON: a `ResultDetail`. */
  detail: text(),
})

/** WITHOUT ROWID, which the schema language cannot say: the migration that creates it was completed by hand. */
export const buckets = sqliteTable(
  'buckets',
  {
    endpointId: endpointId(),
    /** Length: 5, 60 or 1440. */
    minutes: integer().notNull(),
    startAt: integer('start_at').notNull(),
    count: integer().notNull(),
    successes: integer().notNull(),
    maintenanceCount: integer('maintenance_count').notNull(),
    maintenanceSuccesses: integer('maintenance_successes').notNull(),
    /** Milliseconds. */
    sum: integer().notNull(),
    /** Microseconds. */
    min: integer().notNull(),
    /** Microseconds. */
    max: integer().notNull(),
    histogram: blob({ mode: 'buffer' }).notNull(),
    /** Time of the newest result in it, in milliseconds after its start. */
    through: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.endpointId, table.minutes, table.startAt] })],
)

export const events = sqliteTable(
  'events',
  {
    id: integer().primaryKey(),
    endpointId: endpointId(),
    type: text({ enum: ['START', 'HEALTHY', 'UNHEALTHY'] }).notNull(),
    at: integer().notNull(),
    reason: text(),
  },
  (table) => [index('events_endpoint_at').on(table.endpointId, table.at), index('events_at').on(table.at)],
)

export const alerts = sqliteTable(
  'alerts',
  {
    endpointId: endpointId(),
    alertId: text('alert_id').notNull(),
    failuresInARow: integer('failures_in_a_row').notNull(),
    successesInARow: integer('successes_in_a_row').notNull(),
    triggered: integer({ mode: 'boolean' }).notNull(),
    lastNoticeAt: integer('last_notice_at'),
    incidentId: text('incident_id'),
    incidentTriggeredAt: integer('incident_triggered_at'),
  },
  (table) => [primaryKey({ columns: [table.endpointId, table.alertId] })],
)

/** The outbox, and the delivery history it turns into. `position` is the order of writing. */
export const notices = sqliteTable(
  'notices',
  {
    position: integer().primaryKey(),
    id: text().notNull().unique(),
    endpointId: endpointId(),
    alertId: text('alert_id').notNull(),
    content: text({ mode: 'json' }).$type<NoticeContent>().notNull(),
    sequence: integer().notNull(),
    createdAt: integer('created_at').notNull(),
    state: text({ enum: ['pending', 'delivered', 'refused', 'expired'] }).notNull(),
    attempts: integer().notNull(),
    nextAttemptAt: integer('next_attempt_at').notNull(),
    attemptedAt: integer('attempted_at'),
    error: text(),
  },
  (table) => [
    index('notices_endpoint').on(table.endpointId),
    index('notices_state_created_at').on(table.state, table.createdAt),
  ],
)
