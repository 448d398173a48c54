// Builds when something was never built, or has changed since.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const program = ['main', 'checker-thread', 'config-thread'].map((name) => `apps/monitor/dist/${name}.js`)
const built = [...program, 'apps/status-page/dist/client/manifest.json']
const sources = ['packages/conditions/src', 'apps/monitor/src', 'apps/monitor/vite.config.ts', 'apps/status-page/src']
sources.push('apps/status-page/vite.config.ts', 'package-lock.json')

/** Time of the newest file at or below `path`. */
function newest(path) {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

const builtAt = Math.min(
  ...built.map((file) => (existsSync(join(root, file)) ? statSync(join(root, file)).mtimeMs : 0)),
)
const changedAt = Math.max(...sources.map((source) => newest(join(root, source))))

if (changedAt > builtAt) {
  process.stdout.write('building ...\n')
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], { cwd: root, encoding: 'utf8' })
  if (status !== 0) process.stderr.write(`${stdout}${stderr}`)
  process.exitCode = status ?? 1
}
