import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { CheckTarget } from '../domain/endpoint.ts'
import type { Observation } from '../domain/observation.ts'
import type { Probe } from '../domain/ports.ts'
import { causeOf } from '../lib/cause.ts'
import { createNameLookup } from '../lib/name-lookup.ts'
import { defineProbe, type ProbeOutside } from './define.ts'
import { type HostPort, hostPort, hostPortProblem } from './host-port.ts'
import { requestText, withLocalAddress } from './request-text.ts'

/** Only the first read of a reply is kept, and of that so many bytes. */
const longestReply = 1024

const written = ({ host, port }: HostPort) => `${host.includes(':') ? `[${host}]` : host}:${port}`

/** Sends the body and takes the first bytes that come back. */
function converse(socket: Socket, body: string): Promise<string> {
  socket.write(withLocalAddress(body, socket.localAddress ?? '', socket.localPort ?? 0))
  return new Promise((resolve, reject) => {
    socket.once('data', (reply: Buffer) => resolve(reply.subarray(0, longestReply).toString()))
    socket.once('end', () => reject(new Error('connection closed without a reply')))
    socket.once('error', reject)
  })
}

/** Opens a TCP connection; with a body, also sends it and waits for the first bytes of the reply. */
export function createTcpProbe({ clock }: ProbeOutside): Probe {
  const lookup = createNameLookup()

  async function observe(target: CheckTarget, { signal }: { signal: AbortSignal }): Promise<Observation> {
    const address = hostPort(target.url)
    if ('problem' in address) return { connected: false, durationMs: 0, errors: [address.problem] }

    const startedAt = clock.monotonic()
    let doing = 'connecting to'
    const failed = (error: unknown): Observation => ({
      connected: false,
      durationMs: clock.monotonic() - startedAt,
      errors: [`${doing} ${written(address)}: ${causeOf(signal.aborted ? signal.reason : error)}`],
    })
    if (signal.aborted) return failed(signal.reason)

    const socket = connect({ ...address, lookup })
    // Errors after the one that decided must not end the process.
    socket.on('error', () => {})
    const onAbort = () => void socket.destroy(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      await once(socket, 'connect')
      if (target.body === '') return { connected: true, durationMs: clock.monotonic() - startedAt, errors: [] }
      doing = 'waiting for a reply from'
      const body = await converse(socket, requestText(target))
      return { connected: true, durationMs: clock.monotonic() - startedAt, body, errors: [] }
    } catch (error) {
      return failed(error)
    } finally {
      signal.removeEventListener('abort', onAbort)
      socket.destroy()
    }
  }

  return { type: 'TCP', observe, forget() {}, async close() {} }
}

export const tcp = defineProbe({ type: 'TCP', schemes: ['tcp:'], problem: hostPortProblem, create: createTcpProbe })
