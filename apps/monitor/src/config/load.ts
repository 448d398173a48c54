import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { Config } from '../domain/config.ts'
import type { Destination } from '../domain/ports.ts'
import type { Environment } from './environment.ts'
import { expand, readBounded } from './environment.ts'
import type { Location } from './files.ts'
import { findConfig, listFiles } from './files.ts'
import type { Issue } from './issues.ts'
import { Issues } from './issues.ts'
import { mergeFiles } from './merge.ts'
import { readConfig } from './schema.ts'
import { Spot } from './spot.ts'
import type { MapNode } from './tree.ts'
import { mapping, Source } from './tree.ts'
import { commentedOut, readYaml } from './yaml.ts'

export interface LoadOptions {
  /** The `--config` argument: a file or a folder. */
  readonly path?: string | undefined
  readonly env: Environment
  /** What relative paths are relative to. Default: where the process runs. */
  readonly workingFolder?: string
}

export interface LoadedConfig {
  readonly config: Config
  /** Where a provider sends the notices of a group's alerts that override nothing. Keeps the whole text in memory. */
  destinationOf(type: string, group: string): Destination | undefined
  readonly warnings: readonly Issue[]
  /** Changes with the texts, and with what the environment fills into them. */
  readonly fingerprint: string
}

/** A file as it was read. */
export interface SourceFile {
  readonly file: string
  readonly text: string
}

const largestFile = 64 * 1024 * 1024

/** Finds, reads and checks the configuration. Throws a `ConfigError` with everything that is wrong with it. */
export function loadConfig(options: LoadOptions): LoadedConfig {
  const issues = new Issues()
  const files = readFiles(options, issues)
  issues.check()
  return parseSources(fillIn(files, options.env), issues)
}

/** The texts of the configuration, in the order in which they are merged. Problems go to `issues`. */
export function readFiles({ path, env, workingFolder = '.' }: LoadOptions, issues: Issues): readonly SourceFile[] {
  const location = findConfig(path, env, resolve(workingFolder), issues)
  if (location === undefined) return []
  try {
    return readLocation(location, resolve(workingFolder), issues)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    issues.add({ severity: 'error', path: '', reason: `error reading configuration from ${location.path}: ${reason}` })
    return []
  }
}

function readLocation(location: Location, workingFolder: string, issues: Issues): readonly SourceFile[] {
  const files = listFiles(location).map((file) => ({
    file,
    text: readBounded(resolve(workingFolder, file), largestFile),
  }))
  if (files.length > 0 && (location.isFolder || files.some(({ text }) => text !== ''))) return files
  const hint = location.isFolder ? 'it holds no .yaml or .yml file' : 'the file is empty'
  issues.add({ severity: 'error', path: '', reason: `configuration file not found: ${location.path}`, hint })
  return []
}

/** The texts with the environment filled in. */
export const fillIn = (files: readonly SourceFile[], env: Environment): readonly Source[] =>
  files.map(({ file, text }) => new Source(file, text, expand(text, env)))

export function fingerprintOf(sources: readonly Source[]): string {
  const hash = createHash('sha256')
  for (const { file, expanded } of sources) hash.update(JSON.stringify([file, expanded.text]))
  return hash.digest('hex')
}

/** Checks texts. Throws a `ConfigError` with everything that is wrong, warnings included. */
export const parseConfig = (files: readonly SourceFile[], env: Environment): LoadedConfig =>
  parseSources(fillIn(files, env))

/** The same, with what was found before in `issues`. */
export function parseSources(sources: readonly Source[], issues = new Issues()): LoadedConfig {
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
