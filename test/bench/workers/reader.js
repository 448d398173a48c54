/** Reads over HTTP as fast as it can, over bare sockets that stay open. */
import { connect } from 'node:net'
import { quantile } from '../statistics.js'
import { serve } from './serve.js'

const endOfHead = '\r\n\r\n'
const none = Buffer.alloc(0)
/** An answer that began before the end may take so much longer. */
const graceMs = 20_000

/** How an answer ends: after so many bytes, or with the last chunk. */
function lengthOf(head) {
  const length = /^content-length: *(\d+)/im.exec(head)?.[1]
  return length === undefined ? undefined : Number(length)
}

/** What arrives is read into here, and looked at before more is: readers should take little of what the monitor needs. */
const arrived = Buffer.alloc(256 * 1024)

const headerOf = (head, name) => new RegExp(`^${name}: *(.+?)\\r?$`, 'im').exec(head)?.[1]

const hasNoBody = (status) => status === 204 || status === 304

/** One connection: `ask` sends a request and resolves with status and headers once the answer is there. */
function openConnection(port) {
  let pending
  let head
  let missing = 0
  let tail = ''
  let bytes = 0

  const finish = () => {
    const { resolve } = pending
    const answer = { status: Number(head.slice(9, 12)), etag: headerOf(head, 'etag') }
    pending = undefined
    resolve(answer)
  }

  const takeBody = (chunk) => {
    bytes += chunk.length
    if (missing !== undefined) {
      missing -= chunk.length
      if (missing <= 0) finish()
      return
    }
    tail = (tail + chunk.subarray(-7).toString('latin1')).slice(-7)
    if (tail.endsWith('\r\n0\r\n\r\n') || tail === '0\r\n\r\n') finish()
  }

  let started = none
  const takeHead = (chunk) => {
    const all = started.length === 0 ? chunk : Buffer.concat([started, chunk])
    const end = all.indexOf(endOfHead)
    started = end === -1 ? Buffer.from(all) : none
    if (end === -1) return
    head = all.toString('latin1', 0, end)
    const rest = all.subarray(end + endOfHead.length)
    tail = ''
    missing = hasNoBody(Number(head.slice(9, 12))) ? 0 : lengthOf(head)
    if (missing === 0) finish()
    else if (rest.length > 0) takeBody(rest)
  }

  const failed = (error) => pending?.reject(error ?? new Error('the connection was closed'))
  const take = (chunk) => (head === undefined ? takeHead(chunk) : takeBody(chunk))
  const callback = (length, buffer) => {
    take(buffer.subarray(0, length))
    return true
  }
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: arrived, callback } })
  socket.on('error', failed)
  socket.on('close', () => failed())

  return {
    ask(path, headers) {
      head = undefined
      const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers })
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
      return new Promise((resolve, reject) => {
        pending = { resolve, reject }
      })
    },
    bytes: () => bytes,
    close: () => socket.destroy(),
  }
}

serve({
  /** `paths` are asked for in turn; with `conditional`, by the tag of the answer before. */
  async read({ port, paths, headers = {}, conditional = false, readers, seconds }) {
    const connections = Array.from({ length: readers }, () => openConnection(port))
    const startedAt = performance.now()
    const endAt = startedAt + seconds * 1_000
    const timesMs = []
    const statuses = {}
    let failed = 0
    let endedAt = startedAt
    const work = async (_, number) => {
      let etag
      for (let turn = number; performance.now() < endAt; turn += readers) {
        const askedAt = performance.now()
        const extra = conditional && etag !== undefined ? { 'if-none-match': etag } : {}
        const asked = connections[number].ask(paths[turn % paths.length], { ...headers, ...extra })
        const answer = await asked.catch(() => undefined)
        endedAt = performance.now()
        if (answer === undefined) {
          failed += 1
          connections[number] = openConnection(port)
          continue
        }
        etag = answer.etag
        timesMs.push(endedAt - askedAt)
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      }
    }
    const tooLate = setTimeout(
      () => {
        for (const { close } of connections) close()
      },
      seconds * 1_000 + graceMs,
    )
    try {
      await Promise.all(connections.map(work))
    } finally {
      clearTimeout(tooLate)
      for (const { close } of connections) close()
    }
    return {
      requests: timesMs.length,
      failed,
      seconds: (endedAt - startedAt) / 1_000,
      statuses,
      p50Ms: quantile(timesMs, 0.5),
      p99Ms: quantile(timesMs, 0.99),
    }
  },
  /** Asks for each of `paths` once, one after the other. */
  async each({ port, paths, headers = {} }) {
    const connection = openConnection(port)
    const timesMs = []
    try {
      for (const path of paths) {
        const askedAt = performance.now()
        const { status } = await connection.ask(path, headers)
        if (status !== 200) throw new Error(`${path} was answered with ${status}`)
        timesMs.push(performance.now() - askedAt)
      }
    } finally {
      connection.close()
    }
    return { bytes: connection.bytes(), p50Ms: quantile(timesMs, 0.5), p99Ms: quantile(timesMs, 0.99) }
  },
})
