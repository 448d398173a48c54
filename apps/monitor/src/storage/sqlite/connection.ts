import type Sqlite from 'better-sqlite3'

/**
 * Since Node 24.19, the process aborts when a statement or a database of better-sqlite3 12 is garbage collected while no
 * JavaScript runs: https://github.com/polytope-labs/hyperbridge/pull/1105. Version 13 has no such trouble, but needs
 * Node 22. So nothing that the driver hands out is ever let go.
 */
const held: unknown[] = []

const aborts = Number(process.versions.node.split('.')[0]) >= 24

/** Makes a connection prepare each statement once, and hold it. There are few different ones, and they are asked often. */
export function holdStatements(client: Sqlite.Database): Sqlite.Database {
  const prepare = client.prepare.bind(client)
  const statements = new Map<string, Sqlite.Statement>()
  if (aborts) held.push(client, statements)
  const value = (source: string) => {
    const known = statements.get(source)
    if (known !== undefined) return known.reader ? known.raw(false) : known
    const statement = prepare(source)
    statements.set(source, statement)
    return statement
  }
  return Object.defineProperty(client, 'prepare', { value })
}
