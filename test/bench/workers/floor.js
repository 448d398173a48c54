/** What Node itself takes for a request: bare undici clients, one for each endpoint, that ask at an even rate. */
import { Client } from 'undici'
import { sleep } from '../time.js'
import { serve } from './serve.js'

const tickMs = 1

serve({
  /** Processor time per request, in microseconds. */
  async run({ origin, clients, perSecond, seconds, warmUpSeconds }) {
    const all = Array.from({ length: clients }, (_, index) => [
      new Client(origin, { connect: { rejectUnauthorized: false } }),
      `/health/${index}`,
    ])
    let requests = 0
    let next = 0
    const startedAt = performance.now()
    const ask = async ([client, path]) => {
      const { body } = await client.request({ path, method: 'GET' })
      await body.text()
      requests += 1
    }
    const timer = setInterval(() => {
      const due = ((performance.now() - startedAt) / 1_000) * perSecond
      for (; next < due; next += 1) ask(all[next % clients]).catch(() => {})
    }, tickMs)
    await sleep(warmUpSeconds * 1_000)
    const before = requests
    const cpu = process.cpuUsage()
    await sleep(seconds * 1_000)
    const { user, system } = process.cpuUsage(cpu)
    const done = requests - before
    clearInterval(timer)
    await Promise.all(all.map(([client]) => client.destroy()))
    return { microseconds: (user + system) / done, perSecond: done / seconds }
  },
})
