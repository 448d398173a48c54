import { parseArgs } from 'node:util'

export type Command =
  | { readonly name: 'run' | 'help' | 'version' }
  | { readonly name: 'validate'; readonly strict: boolean }
  | { readonly name: 'health'; readonly url: string | undefined }
  | { readonly name: 'alert test'; readonly provider: string; readonly group: string }

export interface Invocation {
  readonly command: Command
  /** The `--config` argument. */
  readonly configPath: string | undefined
}

/** The command line cannot be understood. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

export const help = `Vedette watches endpoints and shows how they are.

Usage:
  vedette [--config PATH]                   run the monitor
  vedette validate [--strict]               check the configuration and exit; --strict fails on warnings too
  vedette health [--url URL]                ask a running monitor whether it is well; for container health checks
  vedette alert test PROVIDER [--group G]   send a sample notice through a provider of the configuration
  vedette --help | --version

Options:
  --config PATH   a file, or a folder whose .yaml and .yml files are merged
                  (otherwise VEDETTE_CONFIG_PATH, GATUS_CONFIG_PATH, ./config.yaml, ./config/config.yaml)

Exit codes: 0 done, 1 failed, 2 the configuration is not valid.
Signals: SIGHUP reads the configuration again; SIGTERM and SIGINT stop, a second one at once.
`

const options = {
  config: { type: 'string' },
  strict: { type: 'boolean' },
  url: { type: 'string' },
  group: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function commandOf({ values, positionals }: ReturnType<typeof parsed>): Command {
  if (values.help) return { name: 'help' }
  if (values.version) return { name: 'version' }
  const [first, second, provider, ...rest] = positionals
  if (first === undefined) return { name: 'run' }
  if (first === 'validate' && second === undefined) return { name: 'validate', strict: values.strict === true }
  if (first === 'health' && second === undefined) return { name: 'health', url: values.url }
  if (first === 'alert' && second === 'test') {
    if (provider === undefined || rest.length > 0) throw new UsageError('alert test takes the name of one provider')
    return { name: 'alert test', provider, group: values.group ?? '' }
  }
  throw new UsageError(`unknown command "${positionals.join(' ')}"`)
}

/** What the command line asks for. Throws a `UsageError`. */
export function parseArguments(args: readonly string[]): Invocation {
  const found = parsed(args)
  return { command: commandOf(found), configPath: found.values.config }
}
