import { formatIssue } from '../config/issues.ts'
import { loadConfig } from '../config/load.ts'

/** Checks the configuration and says what it found. Throws a `ConfigError` when it is not valid. */
export function validate(
  path: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  strict: boolean,
  print: (text: string) => void,
): number {
  const { config, warnings } = loadConfig({ path, env })
  for (const issue of warnings) print(`${formatIssue(issue)}\n`)
  const count = config.endpoints.length
  const noted = warnings.length === 0 ? '' : `, ${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`
  print(`valid: ${count} ${count === 1 ? 'endpoint' : 'endpoints'}${noted}\n`)
  return strict && warnings.length > 0 ? 2 : 0
}
