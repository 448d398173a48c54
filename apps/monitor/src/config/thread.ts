import { Worker } from 'node:worker_threads'
import type { Issue } from './issues.ts'
import { ConfigError } from './issues.ts'
import type { PlainConfig } from './plain.ts'
import type { ConfigTexts } from './sources.ts'

/** What the thread says, once: the configuration, or what is wrong with it. */
export type FromConfigThread = { readonly checked: PlainConfig } | { readonly issues: readonly Issue[] }

/**
 * Checks texts in a thread of its own, which takes seconds for ten thousand endpoints: meanwhile this one goes on to answer
 * and to schedule. `url` is the bundled entry of the thread. Rejects with a `ConfigError`, or with what ended the thread,
 * such as a text that needs more memory than there is.
 */
export function checkInThread(url: URL | string, texts: ConfigTexts): Promise<PlainConfig> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(url, { workerData: { ...texts, env: { ...texts.env } } })
    thread.once('message', (answer: FromConfigThread) => {
      if ('checked' in answer) resolve(answer.checked)
      else reject(new ConfigError(answer.issues))
    })
    thread.once('error', reject)
    thread.once('exit', () => reject(new Error('the configuration was not read: its thread has ended')))
  })
}
