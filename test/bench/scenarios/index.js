import { accuracy } from './accuracy.js'
import { connections } from './connections.js'
import { mostSustained } from './most.js'
import { saturation } from './saturation.js'
import { start } from './start.js'

/** All there are, in the order they run. */
export const scenarios = [start, connections, saturation, mostSustained, accuracy]
