import { parentPort } from 'node:worker_threads'
import { systemClock } from './lib/clock.ts'
import { createNameLookup, firstAddress } from './lib/name-lookup.ts'
import { goFirst } from './lib/thread-priority.ts'
import { createInThreadChecker } from './monitoring/checker/in-thread.ts'
import { serveChecker } from './monitoring/checker/worker-thread.ts'
import { probeTypes } from './probes/index.ts'

// The entry of the checker thread, and its composition root.
if (parentPort === null) throw new Error('checker-thread.ts runs as a worker thread only')

// An answer is to be seen when it comes, also while others keep the processors busy: that is what is measured.
goFirst()

const clock = systemClock
const probes = await Promise.all(probeTypes.map((definition) => definition.create({ clock })))
const addressOf = firstAddress(createNameLookup())
serveChecker(parentPort, clock, (onResults) => createInThreadChecker({ clock, probes, addressOf, onResults }))
