/** What Node itself measures: a bare undici client for each path, asked once a second, alone in a process. */
import { Client } from 'undici'
import { sleep, wallMs } from '../time.js'
import { serve } from './serve.js'

const everyMs = 1_000
const measured = []
let stopped = false

async function ask(client, path) {
  const startedAt = performance.now()
  const { body } = await client.request({ path, method: 'GET' })
  const answer = [wallMs(), performance.now() - startedAt]
  await body.dump()
  return answer
}

async function askAgainAndAgain(client, path, index, offsetMs) {
  // The first one opens the connection, and is not measured.
  await ask(client, path)
  await sleep(offsetMs)
  for (let askAt = performance.now(); !stopped; askAt += everyMs) {
    await sleep(Math.max(askAt - performance.now(), 0))
    measured.push([index, ...(await ask(client, path))])
  }
}

serve({
  /** Asks each of `paths`, spread over the second. */
  start(origin, paths) {
    for (const [index, path] of paths.entries()) {
      void askAgainAndAgain(new Client(origin), path, index, (everyMs / paths.length) * index)
    }
  },
  /** Number of the path, when the answer was there, in milliseconds since 1970, and after how many. */
  stop() {
    stopped = true
    return measured
  },
})
