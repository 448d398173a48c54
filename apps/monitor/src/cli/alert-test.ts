import type { Proxies } from '../alerting/http.ts'
import { sendSample } from '../alerting/sample.ts'
import { loadConfig } from '../config/load.ts'
import { systemClock } from '../lib/clock.ts'

/** Sends a sample trigger and its resolve through a provider of the configuration. Throws a `ConfigError`. */
export async function testAlert(
  { provider, group }: { readonly provider: string; readonly group: string },
  path: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  proxies: Proxies,
  print: (text: string) => void,
): Promise<number> {
  const { config, destinationOf } = loadConfig({ path, env })
  const destination = destinationOf(provider, group)
  if (destination === undefined) {
    const known = config.alertProviders.join(', ') || 'none'
    print(`no provider ${provider} is configured, or its settings are not valid; configured: ${known}\n`)
    return 1
  }
  const { success, text } = await sendSample(destination, { clock: systemClock, group, proxies })
  print(`${text}\n`)
  return success ? 0 : 1
}
