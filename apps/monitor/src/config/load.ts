import type { Config } from '../domain/config.ts'
import type { Destination } from '../domain/ports.ts'
import type { Environment } from './environment.ts'
import type { Issue } from './issues.ts'
import { Issues } from './issues.ts'
import { mergeFiles } from './merge.ts'
import { readConfig } from './schema.ts'
import type { ConfigTexts, LoadOptions, SourceFile } from './sources.ts'
import { fillIn, fingerprintOf, readTexts } from './sources.ts'
import { Spot } from './spot.ts'
import type { MapNode, Source } from './tree.ts'
import { mapping } from './tree.ts'
import { commentedOut, readYaml } from './yaml.ts'

export interface CheckedConfig {
  readonly config: Config
  readonly warnings: readonly Issue[]
  /** Changes with the texts, and with what the environment fills into them. */
  readonly fingerprint: string
}

export interface LoadedConfig extends CheckedConfig {
  /** Where a provider sends the notices of a group's alerts that override nothing. Keeps the whole text in memory. */
  destinationOf(type: string, group: string): Destination | undefined
}

/** Finds, reads and checks the configuration. Throws a `ConfigError` with everything that is wrong with it. */
export const loadConfig = (options: LoadOptions): LoadedConfig => checkTexts(readTexts(options))

/** Checks texts that did not come from files. */
export const parseConfig = (files: readonly SourceFile[], env: Environment): LoadedConfig =>
  checkTexts({ files, env, issues: [] })

/** Throws a `ConfigError` with everything that is wrong, warnings included. */
export function checkTexts(texts: ConfigTexts): LoadedConfig {
  const issues = new Issues(texts.issues)
  const sources = fillIn(texts)
  const roots: MapNode[] = []
  for (const source of sources) {
    const root = readRoot(source, issues)
    if (root !== undefined) roots.push(root)
  }
  const [first, ...others] = roots
  // What is missing because its file could not be read would only look wrong elsewhere.
  if (first === undefined || roots.length < sources.length) issues.check()
  if (first === undefined) throw new Error('a configuration needs a file')
  const root = others.reduce((merged, next) => mergeFiles(merged, next, issues), first)
  const read = readConfig(new Spot(root, root.mark, issues))
  issues.check()
  return { ...read, warnings: issues.of('warning'), fingerprint: fingerprintOf(sources) }
}

/** The tree of one file; `undefined` when it cannot be read. A file without content is an empty mapping. */
function readRoot(source: Source, issues: Issues): MapNode | undefined {
  const before = issues.of('error').length
  const root = readYaml(source, issues)
  if (root === undefined && issues.of('error').length > before) return undefined
  reportGaps(source, issues)
  const mark = { source, offset: 0 }
  if (root === undefined || (root.kind === 'scalar' && root.scalar.value === undefined)) {
    return mapping(mark, new Map())
  }
  if (root.kind === 'mapping') return root
  const reason = `expected a mapping at the top, not a ${root.kind === 'list' ? 'list' : 'single value'}`
  issues.add({ severity: 'error', place: source.placeOf(root.mark.offset), path: '', reason })
  return undefined
}

/** Variables without a value, but for those in comments. */
function reportGaps(source: Source, issues: Issues): void {
  const { gaps, text } = source.expanded
  if (gaps.length === 0) return
  const commented = commentedOut(text, new Set(gaps.map(({ offset }) => offset)))
  const reported = new Set<string>()
  for (const { name, offset, failure } of gaps) {
    if (commented.has(offset) || reported.has(name)) continue
    reported.add(name)
    const place = source.placeOf(offset)
    if (failure !== undefined) issues.add({ severity: 'error', place, path: '', reason: failure })
    else {
      const hint = `set it, or give a default: \${${name}:-value}; $$ is a plain dollar sign`
      issues.add({ severity: 'warning', place, path: '', reason: `\${${name}} is not set and reads as nothing`, hint })
    }
  }
}
