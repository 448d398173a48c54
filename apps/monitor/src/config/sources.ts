import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { Environment } from './environment.ts'
import { expand, readBounded } from './environment.ts'
import type { Location } from './files.ts'
import { findConfig, listFiles } from './files.ts'
import type { Issue } from './issues.ts'
import { Issues } from './issues.ts'
import { Source } from './tree.ts'

export interface LoadOptions {
  /** The `--config` argument: a file or a folder. */
  readonly path?: string | undefined
  readonly env: Environment
  /** What relative paths are relative to. Default: where the process runs. */
  readonly workingFolder?: string
}

/** A file as it was read. */
export interface SourceFile {
  readonly file: string
  readonly text: string
}

/** What there is to check. */
export interface ConfigTexts {
  readonly files: readonly SourceFile[]
  readonly env: Environment
  /** What was wrong with finding and reading them. */
  readonly issues: readonly Issue[]
}

const largestFile = 64 * 1024 * 1024

/** The texts of the configuration, in the order in which they are merged. Problems go to `issues`. */
function readFiles({ path, env, workingFolder = '.' }: LoadOptions, issues: Issues): readonly SourceFile[] {
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

/** The texts of the configuration. Throws a `ConfigError` when there are none. */
export function readTexts(options: LoadOptions): ConfigTexts {
  const issues = new Issues()
  const files = readFiles(options, issues)
  issues.check()
  return { files, env: options.env, issues: issues.of('warning') }
}

/** The texts with the environment filled in. */
export const fillIn = ({ files, env }: Pick<ConfigTexts, 'files' | 'env'>): readonly Source[] =>
  files.map(({ file, text }) => new Source(file, text, expand(text, env)))

export function fingerprintOf(sources: readonly Source[]): string {
  const hash = createHash('sha256')
  for (const { file, expanded } of sources) hash.update(JSON.stringify([file, expanded.text]))
  return hash.digest('hex')
}
