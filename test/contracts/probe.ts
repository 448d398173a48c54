import { getEventListeners } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../apps/monitor/src/lib/clock.ts'
import type { ProbeDefinition } from '../../apps/monitor/src/probes/define.ts'
import { hostile } from '../fixtures/servers/hostile.ts'
import { closedPort, tcpServer } from '../fixtures/servers/tcp-server.ts'
import { targetOf } from '../support/target.ts'

const needsBody = new Set(['body'] as const)

/** What no observation may take, however hostile the server: 200 MiB above where it began. */
const mostMemoryBytes = 200 * 1024 * 1024

/** Waits until something holds; the test's time-out is the limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}

/** A controller that aborts by itself, so that no hostile server holds up the tests. */
function soonAborted(timeoutMs: number): AbortSignal {
  const controller = new AbortController()
  systemClock.after(timeoutMs, () => controller.abort(new Error('timeout after a while')))
  return controller.signal
}

/** What every probe must do, whatever its protocol. */
export function probeContract(definition: ProbeDefinition): void {
  describe.each(definition.schemes)('%s', (scheme) => {
    const urlTo = (port: number) => `${scheme}//jane:s3cret@127.0.0.1:${port}`
    const silentServer = () => tcpServer((socket: Socket) => void socket.resume())

    test('names a closed port, without the credentials of the url', async () => {
      const probe = await definition.create({ clock: systemClock })
      const port = await closedPort()

      const seen = await probe.observe(targetOf({ url: urlTo(port), body: 'x' }), {
        signal: soonAborted(5_000),
        needs: needsBody,
      })

      expect(seen.connected).toBe(false)
      expect(seen.errors).toHaveLength(1)
      expect(seen.errors[0]).toMatch(/connection refused|ECONNREFUSED/)
      expect(JSON.stringify(seen)).not.toMatch(/jane|s3cret/)
      await probe.close()
    })

    test('ends as soon as its signal says so, and closes its connection', async () => {
      await using server = await silentServer()
      const probe = await definition.create({ clock: systemClock })
      const controller = new AbortController()

      const seeing = probe.observe(targetOf({ url: urlTo(server.port), body: 'x' }), {
        signal: controller.signal,
        needs: needsBody,
      })
      await until(() => server.open === 1)
      controller.abort(new Error('timeout after 10 s'))
      const seen = await seeing
      await until(() => server.open === 0)

      expect(seen.connected).toBe(false)
      expect(seen.errors.join()).toContain('timeout after 10 s')
      await probe.close()
    })

    test('does not even connect once its signal has aborted', async () => {
      await using server = await silentServer()
      const probe = await definition.create({ clock: systemClock })

      const seen = await probe.observe(targetOf({ url: urlTo(server.port) }), {
        signal: AbortSignal.abort(new Error('the monitor is stopping')),
        needs: needsBody,
      })

      expect(seen.connected).toBe(false)
      expect(seen.errors.join()).toContain('the monitor is stopping')
      expect(server.accepted).toBe(0)
      await probe.close()
    })

    test('leaves nothing on a signal that did not abort, whether it got an answer or none', async () => {
      await using server = await tcpServer((socket) => void socket.end('what is this?\r\n'))
      const probe = await definition.create({ clock: systemClock })
      const { signal } = new AbortController()

      for (const port of [server.port, await closedPort()]) {
        const target = targetOf({ url: `${scheme}//localhost:${port}`, body: 'x' })
        await probe.observe(target, { signal, needs: needsBody })
      }

      expect(getEventListeners(signal, 'abort')).toEqual([])
      await probe.close()
    })

    test('reports an url without a host, rather than failing', async () => {
      const probe = await definition.create({ clock: systemClock })

      const seen = await probe.observe(targetOf({ url: `${scheme}//` }), {
        signal: soonAborted(5_000),
        needs: needsBody,
      })

      expect(seen).toMatchObject({ connected: false, errors: [expect.any(String)] })
      expect(definition.problem?.(`${scheme}//`)).toMatch(/write/)
      await probe.close()
    })

    test.each(Object.entries(hostile))('outlives a server that is hostile: %s', async (_, answer) => {
      await using server = await tcpServer(answer)
      const probe = await definition.create({ clock: systemClock })
      const before = process.memoryUsage().rss

      const seen = await probe.observe(targetOf({ url: urlTo(server.port), body: 'x' }), {
        signal: soonAborted(300),
        needs: needsBody,
      })
      const after = process.memoryUsage().rss
      await probe.close()
      await until(() => server.open === 0)

      expect(seen.errors.join()).not.toMatch(/jane|s3cret|\n/)
      expect(seen.errors.join().length).toBeLessThan(400)
      expect(after - before).toBeLessThan(mostMemoryBytes)
    })
  })
}
