import { fact, less } from '../figures.js'
import { indexOf, instant } from '../fleet.js'
import { quantile } from '../statistics.js'

const endpoints = 50
/** Long enough for every endpoint to be checked. */
const phaseSeconds = 1.6

const alert = { type: 'custom', 'failure-threshold': 1, 'success-threshold': 1, 'send-on-resolved': false }

/** When each endpoint failed first. */
function firstFailures(answered) {
  const failures = new Map()
  for (const [index, at, failed] of answered) if (failed && !failures.has(index)) failures.set(index, at)
  return failures
}

export const webhook = {
  name: 'webhook',
  about: `from a failed answer to the webhook about it: ${endpoints} endpoints that fail at once, threshold 1`,
  peer: true,
  async run(bench) {
    const target = await bench.target()
    const receiver = bench.worker('receiver')
    const monitor = await bench.monitor({
      alerting: {
        custom: {
          url: `http://127.0.0.1:${await receiver.ask('port')}/[ENDPOINT_NAME]`,
          method: 'POST',
          body: '[ALERT_TRIGGERED_OR_RESOLVED]',
        },
      },
      endpoints: instant(target.origin, endpoints, '1s', { alerts: [alert] }),
    })
    await bench.allChecked(monitor, target, endpoints, 60)
    await bench.sleep(2)
    const delaysMs = []
    const rounds = bench.quick ? 2 : 5
    for (let round = 0; round < rounds; round += 1) {
      await target.ask('note')
      await target.ask('fail', true)
      await bench.sleep(phaseSeconds)
      await target.ask('fail', false)
      await bench.sleep(phaseSeconds)
      const failures = firstFailures(await target.ask('answered'))
      for (const [path, at] of await receiver.ask('take')) delaysMs.push(at - failures.get(indexOf(path)))
    }
    await monitor.stop()
    return [
      less('delay p50', 'ms', quantile(delaysMs, 0.5)),
      less('delay p99', 'ms', quantile(delaysMs, 0.99), { limit: 100 }),
      fact(`webhooks, of ${endpoints * rounds} failures`, '', delaysMs.length),
    ]
  },
}
