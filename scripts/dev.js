// Rebuilds on every change and restarts the monitor; data goes to the folder that config.yaml names.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const children = []

function run(command, args, cwd) {
  const child = spawn(command, args, { cwd: root + cwd, stdio: 'inherit' })
  children.push(child)
  child.once('exit', stop)
}

function stop() {
  for (const child of children) child.kill('SIGTERM')
}

process.once('SIGINT', stop)
process.once('SIGTERM', stop)

run('npx', ['vite', 'build', '--watch', '--logLevel', 'warn'], 'apps/status-page')
run('npx', ['vite', 'build', '--watch', '--logLevel', 'warn'], 'apps/monitor')
while (!existsSync(`${root}apps/monitor/dist/main.js`)) await sleep(100)
run('node', ['--watch', 'apps/monitor/bin/vedette.js', ...process.argv.slice(2)], '')
