import { eq, sql } from 'drizzle-orm'
import type { EndpointRecord } from '../../domain/ports.ts'
import { mergeBuckets } from './buckets.ts'
import type { Db, Undo } from './database.ts'
import * as schema from './schema.ts'

/** What is remembered of an endpoint, so that a flush reads nothing. */
export interface KnownEndpoint extends EndpointRecord {
  readonly id: number
  readonly goneAt: number | undefined
  firstResultAt: number | undefined
  /** Ids of its raw results, oldest first. */
  readonly resultIds: number[]
  /** Its shared texts, and their ids. */
  readonly texts: Map<string, number>
  /** The conditions of its latest results that all held, and their id among the texts. */
  usualConditions: { readonly texts: readonly string[]; readonly id: number } | undefined
  /** Conditions that all held, seen once; a second time makes them shared. */
  unusualConditions: readonly string[] | undefined
  /** How many results to wait until unused texts are looked for again. */
  sweepIn: number
}

export type KnownEndpoints = Map<string, KnownEndpoint>

export type ConfiguredEndpoint = EndpointRecord & { readonly previousKeys: readonly string[] }

/** Reads what is to be remembered, gone endpoints included. */
export function knownEndpoints(db: Db): KnownEndpoints {
  const byId = new Map<number, KnownEndpoint>()
  for (const row of db.select().from(schema.endpoints).all()) {
    byId.set(
      row.id,
      newlyKnown({ ...row, goneAt: row.goneAt ?? undefined, firstResultAt: row.firstResultAt ?? undefined }),
    )
  }
  for (const { id, endpointId, text } of db.select().from(schema.texts).all()) byId.get(endpointId)?.texts.set(text, id)
  for (const [id, endpointId] of resultIds(db)) byId.get(endpointId)?.resultIds.push(id)
  return new Map([...byId.values()].map((endpoint) => [endpoint.key, endpoint]))
}

const idsPerRead = 20_000

/** Ids of all raw results and their endpoints, in order. */
function* resultIds(db: Db): Generator<readonly [id: number, endpointId: number]> {
  const page = db.$client
    .prepare<[number, number], [number, number]>('select id, endpoint_id from results where id > ? order by id limit ?')
    .raw()
  let after = 0
  for (;;) {
    const rows = page.all(after, idsPerRead)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < idsPerRead) return
    after = last[0]
  }
}

type Row = EndpointRecord & Pick<KnownEndpoint, 'id' | 'goneAt' | 'firstResultAt'>

const newlyKnown = ({ id, key, name, group, goneAt, firstResultAt }: Row): KnownEndpoint => ({
  id,
  key,
  name,
  group,
  goneAt,
  firstResultAt,
  resultIds: [],
  texts: new Map(),
  usualConditions: undefined,
  unusualConditions: undefined,
  sweepIn: 0,
})

/**
 * Makes the rows match the configuration, in a transaction of the caller. The answer replaces `known`, which is not
 * changed, once that transaction has ended well.
 */
export function syncEndpoints(
  db: Db,
  known: KnownEndpoints,
  configured: readonly ConfiguredEndpoint[],
  now: number,
): KnownEndpoints {
  const next: KnownEndpoints = new Map(known)
  const insert = insertion(db)
  const wanted = new Map(configured.map((endpoint) => [endpoint.key, endpoint]))
  for (const endpoint of wanted.values()) {
    for (const previousKey of endpoint.previousKeys) {
      if (!wanted.has(previousKey)) adopt(db, next, endpoint, previousKey)
    }
    next.set(endpoint.key, present(db, insert, next.get(endpoint.key), endpoint))
  }
  for (const endpoint of [...next.values()]) {
    if (wanted.has(endpoint.key) || endpoint.goneAt !== undefined) continue
    db.update(schema.endpoints).set({ goneAt: now }).where(eq(schema.endpoints.id, endpoint.id)).run()
    next.set(endpoint.key, { ...endpoint, goneAt: now })
  }
  return next
}

const insertion = (db: Db) =>
  db
    .insert(schema.endpoints)
    .values({ key: sql.placeholder('key'), name: sql.placeholder('name'), group: sql.placeholder('group') })
    .prepare()

/** A configured endpoint: added, named as configured, and not gone. */
function present(
  db: Db,
  insert: ReturnType<typeof insertion>,
  known: KnownEndpoint | undefined,
  { key, name, group }: EndpointRecord,
): KnownEndpoint {
  if (known === undefined) {
    const id = Number(insert.run({ key, name, group }).lastInsertRowid)
    return newlyKnown({ id, key, name, group, goneAt: undefined, firstResultAt: undefined })
  }
  if (known.name === name && known.group === group && known.goneAt === undefined) return known
  db.update(schema.endpoints).set({ name, group, goneAt: null }).where(eq(schema.endpoints.id, known.id)).run()
  return { ...known, name, group, goneAt: undefined }
}

/** Gives the history kept under `previousKey` to `endpoint`, in addition to what it has. */
function adopt(db: Db, known: KnownEndpoints, { key }: EndpointRecord, previousKey: string): void {
  const previous = known.get(previousKey)
  if (previous === undefined) return
  const current = known.get(key)
  if (current === undefined) {
    db.update(schema.endpoints).set({ key }).where(eq(schema.endpoints.id, previous.id)).run()
    known.set(key, { ...previous, key })
  } else {
    known.set(key, merge(db, previous, current))
  }
  known.delete(previousKey)
}

/** Moves every row of `previous` to `current`. Of an alert that both have, one state stays, as `joined` and `replaced` choose. */
function merge(db: Db, previous: KnownEndpoint, current: KnownEndpoint): KnownEndpoint {
  const [from, to] = [previous.id, current.id]
  const ids = JSON.stringify(previous.resultIds)
  db.run(sql`update results set endpoint_id = ${to} where id in (select value from json_each(${ids}))`)
  mergeBuckets(db, from, to)
  for (const table of [schema.texts, schema.events, schema.notices]) {
    db.update(table).set({ endpointId: to }).where(eq(table.endpointId, from)).run()
  }
  db.run(current.goneAt === undefined ? alertsThatMatterLess(from, to) : alertsThatReplaceNothing(from, to))
  db.run(sql`update or replace alerts set endpoint_id = ${to} where endpoint_id = ${from}`)
  const firstResultAt = earlier(previous.firstResultAt, current.firstResultAt)
  db.update(schema.endpoints)
    .set({ firstResultAt: firstResultAt ?? null, goneAt: null })
    .where(eq(schema.endpoints.id, to))
    .run()
  db.delete(schema.endpoints).where(eq(schema.endpoints.id, from)).run()
  return {
    ...current,
    goneAt: undefined,
    firstResultAt,
    resultIds: [...previous.resultIds, ...current.resultIds].sort((a, b) => a - b),
    texts: new Map([...previous.texts, ...current.texts]),
  }
}

/** Deletes, of alerts that both endpoints have, the states of `from` that are not to be kept. */
const alertsThatMatterLess = (from: number, to: number) => sql`
  delete from alerts where endpoint_id = ${from} and exists (
    select 1 from alerts own where own.endpoint_id = ${to} and own.alert_id = alerts.alert_id and (
      own.triggered
      or not alerts.triggered and (own.failures_in_a_row > 0 or alerts.failures_in_a_row = 0)))`

/** The same where the endpoint `to` was gone. */
const alertsThatReplaceNothing = (from: number, to: number) => sql`
  delete from alerts where endpoint_id = ${from} and not triggered and failures_in_a_row = 0 and exists (
    select 1 from alerts own where own.endpoint_id = ${to} and own.alert_id = alerts.alert_id and own.triggered)`

const earlier = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)

/** Notes when each endpoint was first heard of. */
export function createFirstResults(db: Db) {
  const update = db
    .update(schema.endpoints)
    .set({ firstResultAt: sql`${sql.placeholder('at')}` })
    .where(eq(schema.endpoints.id, sql.placeholder('id')))
    .prepare()

  return {
    note(endpoint: KnownEndpoint, at: number, undo: Undo): void {
      const before = endpoint.firstResultAt
      if (before !== undefined && before <= at) return
      update.run({ id: endpoint.id, at })
      endpoint.firstResultAt = at
      undo.push(() => {
        endpoint.firstResultAt = before
      })
    },
  }
}
