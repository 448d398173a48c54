import type { Issues, Path } from './issues.ts'
import { formatPath } from './issues.ts'
import type { Entry, MapNode, Mark, Node } from './tree.ts'
import { isNull, list, mapping, placeOf } from './tree.ts'

/** Puts the mapping of one file over those of the files before: mappings merge, lists are joined. */
export function mergeFiles(before: MapNode, next: MapNode, issues: Issues, path: Path = []): MapNode {
  const entries = new Map<string, Entry>(before.entries)
  for (const [key, entry] of next.entries) {
    const known = entries.get(key)
    entries.set(key, known === undefined ? entry : mergeEntries(known, entry, issues, [...path, key]))
  }
  return mapping(before.mark, entries)
}

function mergeEntries(before: Entry, next: Entry, issues: Issues, path: Path): Entry {
  const [old, added] = [before.value, next.value]
  if (added.kind === 'mapping' && isNull(old)) return next
  if (added.kind === 'mapping' && old.kind === 'mapping') {
    return { keyMark: before.keyMark, value: mergeFiles(old, added, issues, path) }
  }
  if (added.kind === 'list') return { keyMark: next.keyMark, value: appended(old, added) }
  issues.add({
    severity: 'error',
    place: placeOf(next.keyMark),
    path: formatPath(path),
    reason:
      added.kind === 'scalar'
        ? 'only maps and slices/arrays can be merged'
        : `a mapping cannot be merged with ${old.kind === 'list' ? 'a list' : 'a single value'}`,
    hint: `already set at ${shown(before.keyMark)}`,
  })
  return before
}

/** A list goes behind another list, and replaces anything else. */
const appended = (old: Node, added: Node & { kind: 'list' }): Node =>
  old.kind === 'list' ? list(old.mark, [...old.items, ...added.items]) : added

function shown(mark: Mark): string {
  const { file, line } = placeOf(mark)
  return `${file}:${line}`
}
