import type { Stats } from 'node:fs'
import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Environment } from './environment.ts'
import type { Issues } from './issues.ts'

/** What is to be read. */
export interface Location {
  /** As the user named it, for messages. */
  readonly path: string
  readonly absolutePath: string
  readonly isFolder: boolean
}

const defaultPaths = ['config.yaml', 'config/config.yaml', 'config/config.yml']

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

function locate(path: string, workingFolder: string): Location | undefined {
  const absolutePath = resolve(workingFolder, path)
  const stats = statOf(absolutePath)
  return stats === undefined ? undefined : { path, absolutePath, isFolder: stats.isDirectory() }
}

const notFound = 'configuration file not found'

/**
 * Where the configuration is: the `--config` argument, `VEDETTE_CONFIG_PATH`, `GATUS_CONFIG_PATH`,
 * `GATUS_CONFIG_FILE`, or one of the default places. Who names a place by our own names means it; a name meant for
 * Gatus falls back to the default places, as it does there.
 */
export function findConfig(
  argument: string | undefined,
  environment: Environment,
  workingFolder: string,
  issues: Issues,
): Location | undefined {
  const { VEDETTE_CONFIG_PATH } = environment
  const own = argument || VEDETTE_CONFIG_PATH
  if (own) {
    const found = locate(own, workingFolder)
    const hint = argument ? 'named by --config' : 'named by VEDETTE_CONFIG_PATH'
    if (found === undefined) issues.add({ severity: 'error', path: '', reason: `${notFound}: ${own}`, hint })
    return found
  }
  const found = locateForGatus(environment, workingFolder, issues)
  if (found !== undefined) return found
  for (const path of defaultPaths) {
    const candidate = locate(path, workingFolder)
    if (candidate !== undefined && !candidate.isFolder) return candidate
  }
  const hint = `looked for ${defaultPaths.join(', ')} in ${workingFolder}; name another place with --config`
  issues.add({ severity: 'error', path: '', reason: notFound, hint })
  return undefined
}

function locateForGatus(environment: Environment, workingFolder: string, issues: Issues): Location | undefined {
  const { GATUS_CONFIG_PATH, GATUS_CONFIG_FILE } = environment
  const [name, path] = GATUS_CONFIG_PATH
    ? ['GATUS_CONFIG_PATH', GATUS_CONFIG_PATH]
    : ['GATUS_CONFIG_FILE', GATUS_CONFIG_FILE]
  if (!path) return undefined
  if (name === 'GATUS_CONFIG_FILE') {
    const reason = 'GATUS_CONFIG_FILE is deprecated'
    issues.add({ severity: 'warning', path: '', reason, hint: 'use VEDETTE_CONFIG_PATH' })
  }
  const found = locate(path, workingFolder)
  if (found === undefined) {
    const reason = `${path}, which ${name} names, does not exist: looking in the default places`
    issues.add({ severity: 'warning', path: '', reason })
  }
  return found
}

const mostFiles = 10_000
const deepestFolder = 20

/** Orders names by the bytes of their UTF-8, whatever the language of the machine. */
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

/**
 * The files of a configuration, in the order in which they are merged: the entries of each folder by name, folders
 * entered where they sort. Names with `..` are left out: Kubernetes keeps the real files of a ConfigMap in such
 * folders, next to links with plain names. Links to folders are not followed.
 */
export function listFiles({ path, absolutePath, isFolder }: Location): readonly string[] {
  if (!isFolder) return [path]
  const files: string[] = []
  const visit = (shown: string, absolute: string, depth: number) => {
    for (const entry of entriesOf(absolute, depth)) {
      if (entry.name.includes('..') || files.length >= mostFiles) continue
      if (entry.isDirectory()) {
        if (depth < deepestFolder) visit(join(shown, entry.name), join(absolute, entry.name), depth + 1)
      } else if (/\.ya?ml$/.test(entry.name) && statOf(join(absolute, entry.name))?.isDirectory() === false) {
        files.push(join(shown, entry.name))
      }
    }
  }
  visit(path, absolutePath, 0)
  return files
}

/** A folder below the configured one that cannot be read is passed over. */
function entriesOf(folder: string, depth: number) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => byBytes(a.name, b.name))
  } catch (error) {
    if (depth === 0) throw error
    return []
  }
}
