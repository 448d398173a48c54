import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const own = new URL('../vectors/', import.meta.url)

/** A folder beside the checkout that holds cases which may be run but not committed; it exists only in some places. */
const beside = new URL('../../../shared/vectors/', import.meta.url)

interface Case {
  readonly name?: string
  readonly id?: string
  readonly source?: string
}

const cases = (folder: URL, file: string): Case[] => {
  const path = fileURLToPath(new URL(file, folder))
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : []
}

/** The conformance cases of one file: those committed here, and the others where they are at hand. */
export function vectors<T>(file: string): readonly (T & { name: string })[] {
  const committed = cases(own, file)
  const names = new Set(committed.map(({ name, id }) => name ?? id))
  const others = cases(beside, file).filter(({ name, id }) => !names.has(name ?? id))
  return [...committed, ...others].map((entry) => ({ ...entry, name: entry.name ?? entry.id })) as (T & {
    name: string
  })[]
}
