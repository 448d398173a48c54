import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { WebSettings } from '../domain/config.ts'
import type { Api } from './app.ts'

/** Slow clients are let go after this long. */
const requestTimeoutMs = 15_000

const headersOfAll = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'same-origin'],
] as const

export interface WebServer {
  /** Without a trailing slash. */
  readonly url: string
  /** Answers requests with another interface from now on, under `basePath`. */
  use(api: Api, basePath: string): void
  /** Takes no more requests; lets those being answered end, for at most `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** The address could not be had. The message names it, and what to do. */
export class ListenError extends Error {
  constructor(message: string, options: ErrorOptions) {
    super(message, options)
    this.name = 'ListenError'
  }
}

const listenProblem = ({ address, port }: WebSettings, code: string | undefined) => {
  const where = `${address}:${port}`
  if (code === 'EADDRINUSE') return `${where} is in use; stop what listens there, or set web.port to another port`
  if (code === 'EACCES')
    return `not allowed to listen on ${where}; ports below 1024 need the right to, try web.port: 8080`
  if (code === 'EADDRNOTAVAIL') return `this machine has no address ${address}; see web.address`
  return `cannot listen on ${where}`
}

function listening(server: Server, web: WebSettings): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new ListenError(listenProblem(web, cause.code), { cause }))
    })
    server.listen(web.port, web.address, () => {
      const address = server.address()
      if (address !== null && typeof address === 'object') resolve(address)
    })
  })
}

const shownHost = (address: string) => (address === '0.0.0.0' || address === '::' ? 'localhost' : address)

/** Listens on the configured address. Rejects with a `ListenError`. */
export async function serve(first: Api, web: WebSettings): Promise<WebServer> {
  let api = first
  let { basePath } = web
  const answer = getRequestListener((request, env) =>
    // The address is put together from the Host header, which may be anything.
    URL.canParse(request.url) ? api.fetch(request, env) : new Response('invalid Host header', { status: 400 }),
  )
  const listener: RequestListener = (request, response) => {
    // Here, since a header added to an answer that is made costs a copy of its body.
    for (const [name, value] of headersOfAll) response.setHeader(name, value)
    void answer(request, response)
  }
  const options = {
    maxHeaderSize: web.readBufferSize,
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: requestTimeoutMs,
    connectionsCheckingInterval: 5_000,
  }
  const { tls } = web
  const server =
    tls === undefined
      ? createServer(options, listener)
      : createTlsServer({ ...options, cert: tls.certificate, key: tls.privateKey, minVersion: 'TLSv1.2' }, listener)
  const { port } = await listening(server, web)
  const host = shownHost(web.address)
  const scheme = tls === undefined ? 'http' : 'https'

  return {
    get url() {
      return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}${basePath}`
    },
    use(next, nextBasePath) {
      api = next
      basePath = nextBasePath
    },
    close: (graceMs) =>
      new Promise((resolve) => {
        const force = setTimeout(() => server.closeAllConnections(), graceMs)
        server.close(() => {
          clearTimeout(force)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}
