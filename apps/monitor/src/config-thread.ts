import { parentPort, workerData } from 'node:worker_threads'
import { ConfigError } from './config/issues.ts'
import { checkTexts } from './config/load.ts'
import { plainConfig } from './config/plain.ts'
import type { ConfigTexts } from './config/sources.ts'
import type { FromConfigThread } from './config/thread.ts'

// The entry of the thread that checks a configuration.
if (parentPort === null) throw new Error('config-thread.ts runs as a worker thread only')

function answer(texts: ConfigTexts): FromConfigThread {
  try {
    return { checked: plainConfig(checkTexts(texts)) }
  } catch (error) {
    if (error instanceof ConfigError) return { issues: error.issues }
    throw error
  }
}

parentPort.postMessage(answer(workerData))
