import { eq, sql } from 'drizzle-orm'
import type { ConditionResult } from '../../domain/result.ts'
import type { Db, Undo } from './database.ts'
import type { KnownEndpoint } from './endpoints.ts'
import * as schema from './schema.ts'

/** Shared texts per endpoint. A target that changes its address at every check must not fill the table. */
const textLimit = 64

/** One result asks for at most this many. */
const textsPerResult = 4

/** The texts that results of an endpoint have in common, each stored once. */
export function createTexts(db: Db) {
  const insert = db
    .insert(schema.texts)
    .values({ endpointId: sql.placeholder('endpointId'), text: sql.placeholder('text') })
    .prepare()

  /** The id of a text; `undefined` when there is no room to share it. */
  function idOf(endpoint: KnownEndpoint, text: string, undo: Undo): number | undefined {
    const known = endpoint.texts.get(text)
    if (known !== undefined || endpoint.texts.size >= textLimit) return known
    const id = Number(insert.run({ endpointId: endpoint.id, text }).lastInsertRowid)
    endpoint.texts.set(text, id)
    undo.push(() => endpoint.texts.delete(text))
    return id
  }

  /**
   * The id of conditions that all held. Their texts are usually the same at every check. Those that are not (they
   * show the values met) are not worth sharing, so other texts than the usual ones are shared when seen twice running.
   */
  function conditionsId(
    endpoint: KnownEndpoint,
    conditions: readonly ConditionResult[],
    undo: Undo,
  ): number | undefined {
    const { usualConditions, unusualConditions } = endpoint
    if (usualConditions !== undefined && showSame(conditions, usualConditions.texts)) return usualConditions.id
    const texts = conditions.map(({ condition }) => condition)
    const worthSharing =
      usualConditions === undefined || (unusualConditions !== undefined && showSame(conditions, unusualConditions))
    const id = worthSharing ? idOf(endpoint, JSON.stringify(texts), undo) : undefined
    undo.push(() => Object.assign(endpoint, { usualConditions, unusualConditions }))
    if (id === undefined) endpoint.unusualConditions = texts
    else endpoint.usualConditions = { texts, id }
    return id
  }

  /** Deletes texts that no result refers to any more, when the room for new ones gets scarce. */
  function makeRoom(endpoint: KnownEndpoint, undo: Undo): void {
    if (endpoint.texts.size + textsPerResult <= textLimit) return
    if (endpoint.sweepIn > 0) {
      endpoint.sweepIn--
      return
    }
    endpoint.sweepIn = textLimit
    const used = usedTexts(endpoint)
    const { texts, usualConditions, unusualConditions } = endpoint
    const before = [...texts]
    undo.push(() => {
      for (const [text, id] of before) texts.set(text, id)
      Object.assign(endpoint, { usualConditions, unusualConditions })
    })
    for (const [text, id] of before) if (!used.has(id)) texts.delete(text)
    if (usualConditions !== undefined && !used.has(usualConditions.id)) endpoint.usualConditions = undefined
    const ids = JSON.stringify([...used])
    db.run(
      sql`delete from texts where endpoint_id = ${endpoint.id} and id not in (select value from json_each(${ids}))`,
    )
  }

  function usedTexts(endpoint: KnownEndpoint): ReadonlySet<number> {
    const ids = JSON.stringify(endpoint.resultIds)
    const rows = db.values<[number | null, number | null, number | null, number | null]>(
      sql`select distinct conditions_id, hostname_id, ip_id, dns_rcode_id from results
        where id in (select value from json_each(${ids}))`,
    )
    return new Set(rows.flat().filter((id) => id !== null))
  }

  return { idOf, conditionsId, makeRoom }
}

const showSame = (conditions: readonly ConditionResult[], texts: readonly string[]) =>
  conditions.length === texts.length && conditions.every(({ condition }, i) => condition === texts[i])

/** Reads texts by id, and lists of conditions that all held, each made once and then shared by its results. */
export function createTextReader(db: Db) {
  const query = db
    .select({ text: schema.texts.text })
    .from(schema.texts)
    .where(eq(schema.texts.id, sql.placeholder('id')))
    .prepare()
  const texts = new Map<number, string | undefined>()
  const conditions = new Map<number, readonly ConditionResult[]>()

  function textOf(id: number | null): string | undefined {
    if (id === null) return undefined
    if (!texts.has(id)) texts.set(id, query.get({ id })?.text)
    return texts.get(id)
  }

  function conditionsOf(id: number | null): readonly ConditionResult[] {
    if (id === null) return []
    const made = conditions.get(id)
    if (made !== undefined) return made
    const list: readonly string[] = JSON.parse(textOf(id) ?? '[]')
    const held = list.map((condition) => ({ condition, success: true }))
    conditions.set(id, held)
    return held
  }

  return { textOf, conditionsOf }
}
