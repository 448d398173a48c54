#!/usr/bin/env -S node --max-semi-space-size=2
import { existsSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'

// A monitor makes little lasting data and much that is gone a second later. Left to itself, V8 lets that pile up to three
// times what is alive; collecting earlier costs a few percent of a check. The first flag is for threads: that of the main
// thread is fixed before any script runs, hence the first line.
setFlagsFromString('--max-semi-space-size=2')
setFlagsFromString('--heap-growing-percent=20')

// Name lookups wait in half of these threads; see lookup-queue.ts for what a name server that hangs may take of them.
process.env.UV_THREADPOOL_SIZE ??= '64'

const program = new URL('../dist/main.js', import.meta.url)

if (existsSync(program)) await import(program.href)
else {
  process.stderr.write('vedette is not built yet: run `npm run build` first\n')
  process.exitCode = 1
}
