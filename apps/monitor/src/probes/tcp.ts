import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { CheckTarget } from '../domain/endpoint.ts'
import type { Observation } from '../domain/observation.ts'
import type { Probe } from '../domain/ports.ts'
import { causeOf } from '../lib/cause.ts'
import { createNameLookup } from '../lib/name-lookup.ts'
import { defineProbe, type ProbeOutside } from './define.ts'
import { hostPort, hostPortProblem } from './host-port.ts'
import { requestText, withLocalAddress } from './request-text.ts'

/** Only the first read of a reply is kept, and of that so many bytes. */
const longestReply = 1024

/** Sends the body and takes the first bytes that come back. */
async function converse(socket: Socket, body: string, signal: AbortSignal): Promise<string> {
  socket.write(withLocalAddress(body, socket.localAddress ?? '', socket.localPort ?? 0))
  const ended = once(socket, 'end', { signal }).then(() => {
    throw new Error('connection closed without a reply')
  })
  const [reply] = await Promise.race([once(socket, 'data', { signal }), ended])
  return Buffer.from(reply).subarray(0, longestReply).toString()
}

/** Opens a TCP connection; with a body, also sends it and waits for the first bytes of the reply. */
export function createTcpProbe({ clock }: ProbeOutside): Probe {
  const lookup = createNameLookup()

  async function observe(target: CheckTarget, { signal }: { signal: AbortSignal }): Promise<Observation> {
    const address = hostPort(target.url)
    if ('problem' in address) return { connected: false, durationMs: 0, errors: [address.problem] }

    const startedAt = clock.monotonic()
    const doing = { text: 'connecting to' }
    const socket = connect({ ...address, lookup })
    // Errors after the one that decided must not end the process.
    socket.on('error', () => {})
    try {
      await once(socket, 'connect', { signal })
      if (target.body === '') return { connected: true, durationMs: clock.monotonic() - startedAt, errors: [] }
      doing.text = 'waiting for a reply from'
      const body = await converse(socket, requestText(target), signal)
      return { connected: true, durationMs: clock.monotonic() - startedAt, body, errors: [] }
    } catch (error) {
      const cause = causeOf(signal.aborted ? signal.reason : error)
      const where = `${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`
      return {
        connected: false,
        durationMs: clock.monotonic() - startedAt,
        errors: [`${doing.text} ${where}: ${cause}`],
      }
    } finally {
      socket.destroy()
    }
  }

  return { type: 'TCP', observe, forget() {}, async close() {} }
}

export const tcp = defineProbe({ type: 'TCP', schemes: ['tcp:'], problem: hostPortProblem, create: createTcpProbe })
