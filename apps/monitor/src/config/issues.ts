/** Where something stands. Line and column count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Something wrong with the configuration. Errors stop a start; warnings never do. */
export interface Issue {
  readonly severity: 'error' | 'warning'
  readonly place?: Place
  /** Such as `endpoints[0].client.timeout`; empty for the whole file. */
  readonly path: string
  readonly reason: string
  /** What to do about it. */
  readonly hint?: string
  /** Further lines, such as a text with a caret below. */
  readonly excerpt?: readonly string[]
}

export type Path = readonly (string | number)[]

export function formatPath(path: Path): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else if (!/^[\w-]+$/.test(part)) text += `[${JSON.stringify(part)}]`
    else text += text === '' ? part : `.${part}`
  }
  return text
}

/**
 * `config.yaml:3:5: endpoints[0].intervall: unknown key (did you mean "interval"?)`, and the excerpt below. `kind` comes
 * after the place.
 */
export function formatIssue({ place, path, reason, hint, excerpt = [] }: Issue, kind = ''): string {
  const where = place === undefined ? '' : `${place.file}:${place.line}:${place.column}: `
  const what = `${path === '' ? '' : `${path}: `}${reason}${hint === undefined ? '' : ` (${hint})`}`
  return [`${where}${kind}${what}`, ...excerpt.map((line) => `  ${line}`)].join('\n')
}

const mostShown = 100

function formatIssues(issues: readonly Issue[]): string {
  const lines = issues
    .slice(0, mostShown)
    .map((issue) => formatIssue(issue, issue.severity === 'warning' ? 'warning: ' : ''))
  if (issues.length > mostShown) lines.push(`... and ${issues.length - mostShown} more`)
  return lines.join('\n')
}

/** A configuration that cannot be used. The message has all errors and then the warnings, a line each. */
export class ConfigError extends Error {
  /** The errors, then the warnings. */
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super(formatIssues(issues))
    this.name = 'ConfigError'
    this.issues = issues
  }
}

const mostKept = 10_000

/** What has been found wrong so far. */
export class Issues {
  readonly #found: Issue[] = []
  readonly #counts = new Map<Issue['severity'], number>()

  constructor(found: readonly Issue[] = []) {
    for (const issue of found) this.add(issue)
  }

  /** Beyond ten thousand, more would help nobody. */
  add(issue: Issue): void {
    const count = this.#counts.get(issue.severity) ?? 0
    if (count < mostKept) this.#found.push(issue)
    this.#counts.set(issue.severity, count + 1)
  }

  /** Those of one severity, in the order of the file. */
  of(severity: Issue['severity']): readonly Issue[] {
    return this.#found.filter((issue) => issue.severity === severity).sort(byPlace)
  }

  /** Throws when there is an error. */
  check(): void {
    const errors = this.of('error')
    if (errors.length > 0) throw new ConfigError([...errors, ...this.of('warning')])
  }
}

/** Sorting is stable: problems at one place stay in the order they were found, and files in the order they were read. */
function byPlace({ place: a }: Issue, { place: b }: Issue): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column
}
