#!/usr/bin/env -S MALLOC_MMAP_THRESHOLD_=1000000 MALLOC_TRIM_THRESHOLD_=500000 node --expose-gc --max-semi-space-size=1
// Not a module, as package.json beside it says: Node reads modules in the threads whose number is set here.
const { existsSync } = require('node:fs')
const { join } = require('node:path')
const { pathToFileURL } = require('node:url')
const { setFlagsFromString } = require('node:v8')

// A monitor makes little lasting data and much that is gone a second later. Left to itself, V8 lets that pile up; collecting
// earlier costs a few percent of a check. The flag is for threads: that of the main thread is fixed before any script runs,
// hence the first line. So are the limits from which on memory is asked of the system by itself, and given back: left to
// themselves they grow, and what is free lies in between what is not.
setFlagsFromString('--max-semi-space-size=1')
// What is there for seconds, such as the timers of connections that are kept, must not lead V8 to make what is of the same
// kind but gone at once among the old, where only a full collection finds it.
setFlagsFromString('--no-allocation-site-pretenuring')

// Name lookups wait in half of these threads; see lookup-queue.ts for what a name server that hangs may take of them.
process.env.UV_THREADPOOL_SIZE ??= '64'

const program = join(__dirname, '../dist/main.js')

if (existsSync(program)) import(pathToFileURL(program).href)
else {
  process.stderr.write('vedette is not built yet: run `npm run build` first\n')
  process.exitCode = 1
}
