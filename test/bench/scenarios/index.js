import { accuracy } from './accuracy.js'
import { connections } from './connections.js'
import { feed } from './feed.js'
import { growth } from './growth.js'
import { history } from './history.js'
import { hundred } from './hundred.js'
import { minute } from './minute.js'
import { mostSustained } from './most.js'
import { saturation } from './saturation.js'
import { start } from './start.js'
import { tenThousand } from './ten-thousand.js'
import { thousand } from './thousand.js'
import { webhook } from './webhook.js'

/** All there are, in the order they run; those that are `extra` only when they are named. */
export const scenarios = [
  start,
  minute,
  hundred,
  thousand,
  tenThousand,
  mostSustained,
  saturation,
  connections,
  accuracy,
  webhook,
  feed,
  history,
  growth,
]
