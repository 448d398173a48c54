import { sql } from 'drizzle-orm'
import type { Result } from '../../domain/result.ts'
import type { Db, Undo } from './database.ts'
import type { KnownEndpoint } from './endpoints.ts'
import { decodePhases, encodePhases } from './phases.ts'
import * as schema from './schema.ts'
import { createTextReader, createTexts } from './texts.ts'

const successFlag = 1
const connectedFlag = 2
const maintenanceFlag = 4

/** After the maximum was lowered, each new result takes this many old ones with it, until it holds again. */
const deletedPerInsert = 2

const rowsPerRead = 5_000

export function createResults(db: Db, maximumNumberOfResults: number) {
  const texts = createTexts(db)
  const remove = db
    .delete(schema.results)
    .where(sql`${schema.results.id} = ${sql.placeholder('id')}`)
    .prepare()
  const insert = db
    .insert(schema.results)
    .values({
      endpointId: sql.placeholder('endpointId'),
      at: sql.placeholder('at'),
      duration: sql.placeholder('duration'),
      flags: sql.placeholder('flags'),
      status: sql.placeholder('status'),
      conditionsId: sql.placeholder('conditionsId'),
      hostnameId: sql.placeholder('hostnameId'),
      ipId: sql.placeholder('ipId'),
      dnsRcodeId: sql.placeholder('dnsRcodeId'),
      certificateExpiration: sql.placeholder('certificateExpiration'),
      domainExpiration: sql.placeholder('domainExpiration'),
      phases: sql.placeholder('phases'),
      detail: sql.placeholder('detail'),
    })
    .prepare()

  // A start reads every result: the driver's own statement takes a third of the time.
  const page = db.$client
    .prepare<[number, number], StoredRow>(
      `select id, endpoint_id, at, duration, flags, status, conditions_id, hostname_id, ip_id, dns_rcode_id,
        certificate_expiration, domain_expiration, phases, detail
        from results where id > ? order by id limit ?`,
    )
    .raw()

  /** Writes one result, and deletes the oldest of its endpoint beyond the maximum. */
  function add(endpoint: KnownEndpoint, result: Result, undo: Undo): void {
    const { resultIds } = endpoint
    const id = Number(insert.run(rowOf(endpoint, result, undo)).lastInsertRowid)
    resultIds.push(id)
    const excess = Math.max(resultIds.length - maximumNumberOfResults, 0)
    const deleted: number[] = []
    for (let i = 0; i < Math.min(excess, deletedPerInsert); i++) {
      // Unlike splice, shift does not move what follows.
      const id = resultIds.shift()
      if (id === undefined) break
      remove.run({ id })
      deleted.push(id)
    }
    undo.push(() => {
      resultIds.unshift(...deleted)
      resultIds.pop()
    })
  }

  function rowOf(endpoint: KnownEndpoint, result: Result, undo: Undo) {
    texts.makeRoom(endpoint, undo)
    const { hostname, ip, dnsRcode, errors, conditions, phases } = result
    const idOf = (text: string | undefined) => (text === undefined ? undefined : texts.idOf(endpoint, text, undo))
    const allHeld = conditions.length > 0 && conditions.every(({ success }) => success)
    const conditionsId = allHeld ? texts.conditionsId(endpoint, conditions, undo) : undefined
    const hostnameId = idOf(hostname)
    const ipId = idOf(ip)
    const dnsRcodeId = idOf(dnsRcode)
    const detail: ResultDetail = {
      hostname: hostnameId === undefined ? hostname : undefined,
      ip: ipId === undefined ? ip : undefined,
      dnsRcode: dnsRcodeId === undefined ? dnsRcode : undefined,
      errors: errors.length > 0 ? errors : undefined,
      conditions:
        conditions.length > 0 && conditionsId === undefined
          ? conditions.map(({ condition, success }) => [condition, success] as const)
          : undefined,
    }
    return {
      endpointId: endpoint.id,
      at: result.at,
      duration: Math.round(result.durationMs * 1000),
      flags:
        (result.success ? successFlag : 0) |
        (result.connected ? connectedFlag : 0) |
        (result.maintenance ? maintenanceFlag : 0),
      status: result.status ?? null,
      conditionsId: conditionsId ?? null,
      hostnameId: hostnameId ?? null,
      ipId: ipId ?? null,
      dnsRcodeId: dnsRcodeId ?? null,
      certificateExpiration: result.certificateExpirationMs ?? null,
      domainExpiration: result.domainExpirationMs ?? null,
      phases: phases === undefined ? null : encodePhases(phases),
      detail: Object.values(detail).some((value) => value !== undefined) ? JSON.stringify(detail) : null,
    }
  }

  /** The newest results of each of `endpoints`, by the id of the endpoint, oldest first. */
  function newest(endpoints: Iterable<KnownEndpoint>): ReadonlyMap<number, readonly Result[]> {
    const reader = createTextReader(db)
    const readers = new Map<number, { key: string; oldestId: number; results: Result[] }>()
    for (const { id, key, resultIds } of endpoints) {
      if (resultIds.length > 0)
        readers.set(id, { key, oldestId: resultIds.at(-maximumNumberOfResults) ?? resultIds[0] ?? 0, results: [] })
    }
    if (readers.size === 0) return new Map()
    for (const row of rows()) {
      const into = readers.get(row[1])
      if (into !== undefined && row[0] >= into.oldestId) into.results.push(resultOf(into.key, row, reader))
    }
    return new Map([...readers].map(([id, { results }]) => [id, results]))
  }

  function* rows() {
    for (let after = 0; ; ) {
      const found = page.all(after, rowsPerRead)
      yield* found
      const last = found.at(-1)
      if (last === undefined || found.length < rowsPerRead) return
      after = last[0]
    }
  }

  return { add, newest }
}

/** What a result does not have in common with others of its endpoint. */
interface ResultDetail {
  readonly hostname?: string
  readonly ip?: string
  readonly dnsRcode?: string
  readonly errors?: readonly string[]
  /** Text, and whether it held. */
  readonly conditions?: readonly (readonly [string, boolean])[]
}

const noDetail: ResultDetail = {}
const noErrors: readonly string[] = []

type StoredRow = [
  id: number,
  endpointId: number,
  at: number,
  duration: number,
  flags: number,
  status: number | null,
  conditionsId: number | null,
  hostnameId: number | null,
  ipId: number | null,
  dnsRcodeId: number | null,
  certificateExpiration: number | null,
  domainExpiration: number | null,
  phases: Buffer | null,
  detail: string | null,
]

function resultOf(key: string, row: StoredRow, { textOf, conditionsOf }: ReturnType<typeof createTextReader>): Result {
  const [, , at, duration, flags, status, conditionsId, hostnameId, ipId, dnsRcodeId, certificate, domain, phases] = row
  const detail: ResultDetail = row[13] === null ? noDetail : JSON.parse(row[13])
  // Always all fields: objects of one shape are made several times faster, and there are a hundred thousand.
  return {
    key,
    at,
    success: (flags & successFlag) !== 0,
    durationMs: duration / 1000,
    connected: (flags & connectedFlag) !== 0,
    status: status ?? undefined,
    hostname: textOf(hostnameId) ?? detail.hostname,
    ip: textOf(ipId) ?? detail.ip,
    dnsRcode: textOf(dnsRcodeId) ?? detail.dnsRcode,
    certificateExpirationMs: certificate ?? undefined,
    domainExpirationMs: domain ?? undefined,
    errors: detail.errors ?? noErrors,
    conditions:
      detail.conditions?.map(([condition, success]) => ({ condition, success })) ?? conditionsOf(conditionsId),
    phases: phases === null ? undefined : decodePhases(phases),
    maintenance: (flags & maintenanceFlag) !== 0,
  }
}
