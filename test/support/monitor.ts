import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseConfig } from '../../apps/monitor/src/config/load.ts'
import type { Config } from '../../apps/monitor/src/domain/config.ts'
import type { Clock, Log } from '../../apps/monitor/src/domain/ports.ts'
import { systemClock } from '../../apps/monitor/src/lib/clock.ts'
import { createNameLookup, firstAddress } from '../../apps/monitor/src/lib/name-lookup.ts'
import { createInThreadChecker } from '../../apps/monitor/src/monitoring/checker/in-thread.ts'
import { probeTypes } from '../../apps/monitor/src/probes/index.ts'
import type { Monitor } from '../../apps/monitor/src/start.ts'
import { startMonitor } from '../../apps/monitor/src/start.ts'

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

export const migrationsFolder = fileURLToPath(new URL('../../apps/monitor/drizzle', import.meta.url))

/** The configuration of a text, on any free port. */
export function configOf(yaml: string, env: Record<string, string> = {}): Config {
  const { config } = parseConfig([{ file: 'config.yaml', text: yaml }], env)
  return { ...config, web: { ...config.web, address: '127.0.0.1', port: 0 } }
}

/** A folder that is gone when the block that asked for it ends. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'vedette-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** The whole monitor in this process, checks included; closed by the block that started it. */
export async function runningMonitor(
  config: Config,
  { clock = systemClock, log = silentLog }: { readonly clock?: Clock; readonly log?: Log } = {},
): Promise<Monitor & AsyncDisposable> {
  const probes = await Promise.all(probeTypes.map((type) => type.create({ clock: systemClock })))
  const monitor = await startMonitor(config, {
    clock,
    log,
    createChecker: ({ onResults }) =>
      createInThreadChecker({
        clock: systemClock,
        probes,
        addressOf: firstAddress(createNameLookup()),
        onResults,
      }),
    migrationsFolder,
    assets: new Map(),
    script: '/assets/boot.js',
    version: '0.0.0-test',
  })
  return Object.assign(Object.create(monitor), { [Symbol.asyncDispose]: () => monitor.close() })
}
