import { once } from 'node:events'
import type { Socket } from 'node:net'
import { type ConnectionOptions, connect } from 'node:tls'
import { ChannelCredentials, type ChannelOptions, credentials, experimental } from '@grpc/grpc-js'
import { causeOf } from '../lib/cause.ts'

const scheme = 'vedette'

const endpointsOption = 'vedette.endpoints'

/** Tells grpc-js where to connect to: the places that its own resolvers cannot express, taken from an option. */
class GivenPlaces implements experimental.Resolver {
  static getDefaultAuthority({ path }: experimental.GrpcUri): string {
    return path
  }

  readonly #listener: experimental.ResolverListener
  readonly #endpoints: experimental.Endpoint[]
  #told = false

  constructor(_target: experimental.GrpcUri, listener: experimental.ResolverListener, options: ChannelOptions) {
    this.#listener = listener
    this.#endpoints = options[endpointsOption]
  }

  /** Called again whenever connecting failed; to repeat itself would have it called without end. */
  updateResolution(): void {
    if (this.#told) return
    this.#told = true
    process.nextTick(() => this.#listener(experimental.statusOrFromValue(this.#endpoints), {}, null, ''))
  }

  destroy(): void {}
}

/** How to name to grpc-js what `dialling` describes. */
export const dialledName = (authority: string): string => `${scheme}:${authority}`

/**
 * The options that have grpc-js connect to `hosts`, which are addresses, over sockets that `signal` ends at any moment.
 * Closing a client does not: it leaves a socket that is connecting, in a TLS handshake, or waiting for the first words of
 * HTTP/2 to itself. But grpc-js hands an address to `net.connect` as it is, so that it may carry a signal.
 */
export function dialling(hosts: readonly string[], port: number, signal: AbortSignal): ChannelOptions {
  experimental.registerResolver(scheme, GivenPlaces)
  return { [endpointsOption]: hosts.map((host) => ({ addresses: [{ host, port, signal }] })) }
}

async function secure(socket: Socket, options: ConnectionOptions): Promise<Socket> {
  try {
    const secured = connect({ ...options, socket })
    // Errors after the one that decided must not end the process.
    secured.on('error', () => {})
    await once(secured, 'secureConnect')
    return secured
  } catch (error) {
    // Of an error, grpc-js passes on nothing but its text.
    throw new Error(causeOf(error))
  }
}

/** As those of grpc-js, but that no error of a socket is left to end the process, and that TLS is told nothing untrue. */
class SocketCredentials extends ChannelCredentials {
  readonly #tls: ConnectionOptions | undefined

  constructor(tls: ConnectionOptions | undefined) {
    super()
    this.#tls = tls
  }

  override _isSecure(): boolean {
    return this.#tls !== undefined
  }

  override _equals(other: ChannelCredentials): boolean {
    return other === this
  }

  override _createSecureConnector(
    ...given: Parameters<ChannelCredentials['_createSecureConnector']>
  ): experimental.SecureConnector {
    const tls = this.#tls
    const plain = credentials.createInsecure()._createSecureConnector(...given)
    return {
      ...plain,
      async connect(socket) {
        // As of here grpc-js listens to it no more, until HTTP/2 does.
        socket.on('error', () => {})
        socket.setKeepAlive(true, 60_000)
        return tls === undefined ? { socket, secure: false } : { socket: await secure(socket, tls), secure: true }
      },
    }
  }
}

/** Plain TCP without `tls`. */
export const socketCredentials = (tls: ConnectionOptions | undefined): ChannelCredentials => new SocketCredentials(tls)
