import { fileURLToPath } from 'node:url'
import packageJson from '../package.json' with { type: 'json' }
import { testAlert } from './cli/alert-test.ts'
import { help, parseArguments, UsageError } from './cli/arguments.ts'
import { askHealth } from './cli/health.ts'
import { createLog } from './cli/log.ts'
import { proxiesOf } from './cli/proxies.ts'
import { run } from './cli/run.ts'
import { validate } from './cli/validate.ts'
import { ConfigError } from './config/issues.ts'

const exitCodes = { failed: 1, invalidConfiguration: 2 }

const { env, stdout, stderr } = process

const print = (text: string) => stdout.write(text)

const places = {
  page: new URL('../../status-page/dist/client/', import.meta.url),
  migrations: fileURLToPath(new URL('../drizzle', import.meta.url)),
  checkerThread: new URL('./checker-thread.js', import.meta.url),
  configThread: new URL('./config-thread.js', import.meta.url),
  version: packageJson.version,
}

/** Settles at the first signal to stop; a second one ends the process on the spot. */
const stopped = new Promise<void>((resolve) => {
  let signals = 0
  const stop = () => {
    signals += 1
    if (signals > 1) process.exit(exitCodes.failed)
    resolve()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
})

async function main(): Promise<number> {
  const { command, configPath } = parseArguments(process.argv.slice(2))
  if (command.name === 'help' || command.name === 'version') {
    print(command.name === 'help' ? help : `${packageJson.version}\n`)
    return 0
  }
  if (command.name === 'validate') return validate(configPath, env, command.strict, print)
  if (command.name === 'alert test') return testAlert(command, configPath, env, proxiesOf(env), print)
  if (command.name === 'health') {
    const { well, text } = await askHealth(command.url, configPath, env)
    print(`${text}\n`)
    return well ? 0 : exitCodes.failed
  }
  const log = await createLog(env.VEDETTE_LOG_LEVEL ?? env.GATUS_LOG_LEVEL, stdout.isTTY)
  const onReload = (reload: () => void) => process.on('SIGHUP', reload)
  await run(configPath, { env, log, places, onReload, stopped })
  return 0
}

try {
  process.exit(await main())
} catch (error) {
  stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  if (error instanceof UsageError) stderr.write('see vedette --help\n')
  process.exit(error instanceof ConfigError ? exitCodes.invalidConfiguration : exitCodes.failed)
}
