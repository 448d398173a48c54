import { createHash, subtle } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context } from 'hono'

const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress)

/** Below this, compression saves nothing. */
const smallestCompressed = 200

type Encoding = 'br' | 'gzip'

/** From so many bytes on, hashing would hold up the main thread for a millisecond or more. */
const largeBytes = 1024 * 1024

type Body = Buffer<ArrayBuffer>
export type Content = string | Body

/** A body that is sent to many: hashed once, compressed once per encoding, off the main thread where that takes long. */
export interface Document {
  readonly body: Body
  readonly etag: string
  encoded(encoding: Encoding): Promise<Body>
}

/** Up to so many bytes, the best compression takes hardly longer than the usual one. */
const smallBytes = 256 * 1024

const compress = (body: Body, encoding: Encoding): Promise<Body> =>
  encoding === 'gzip'
    ? gzipped(body, { level: body.length <= smallBytes ? 9 : 6 })
    : brotlied(body, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
      })

export function createDocument(content: Content): Document {
  const body = bodyOf(content)
  return tagged(body, createHash('sha1').update(body).digest())
}

/** The same, without holding up the main thread. */
async function createLargeDocument(content: Content): Promise<Document> {
  const body = bodyOf(content)
  return body.length < largeBytes ? createDocument(body) : tagged(body, Buffer.from(await subtle.digest('SHA-1', body)))
}

const bodyOf = (content: Content): Body => (typeof content === 'string' ? Buffer.from(content) : content)

function tagged(body: Body, hash: Buffer): Document {
  const encodings = new Map<Encoding, Promise<Body>>()
  return {
    body,
    etag: `W/"${hash.toString('base64url')}"`,
    encoded(encoding) {
      const known = encodings.get(encoding)
      if (known !== undefined) return known
      const compressed = compress(body, encoding)
      encodings.set(encoding, compressed)
      return compressed
    },
  }
}

/** The best encoding that `Accept-Encoding` offers; a weight of 0 means no. */
export function acceptedEncoding(header: string | undefined): Encoding | undefined {
  if (header === undefined) return undefined
  const offered = new Set<string>()
  for (const part of header.split(',')) {
    const [name = '', ...parameters] = part.trim().toLowerCase().split(';')
    if (!parameters.some((parameter) => /^\s*q=0(\.0*)?\s*$/.test(parameter))) offered.add(name.trim())
  }
  return offered.has('br') ? 'br' : offered.has('gzip') ? 'gzip' : undefined
}

const matches = (header: string | undefined, etag: string) =>
  header !== undefined && (header === '*' || header.split(',').some((candidate) => candidate.trim() === etag))

/**
 * Answers with a document: 304 when the client has it already, compressed when it likes. The answer is made at once and
 * whole, past the setters of the context: those would go through a slow list of headers, request by request.
 */
export async function sendDocument(
  { req }: Context,
  document: Document,
  headers: Readonly<Record<string, string>>,
  status = 200,
): Promise<Response> {
  const head: Record<string, string> = { Vary: 'Accept-Encoding', ...headers, ETag: document.etag }
  if (matches(req.header('if-none-match'), document.etag)) return new Response(null, { status: 304, headers: head })
  const encoding =
    document.body.length < smallestCompressed ? undefined : acceptedEncoding(req.header('accept-encoding'))
  if (encoding === undefined) return new Response(document.body, { status, headers: head })
  const body = await document.encoded(encoding)
  return new Response(body, { status, headers: { ...head, 'Content-Encoding': encoding } })
}

interface Kept {
  readonly document: Promise<Document>
  readonly version: number
  readonly madeAt: number
  /** Not made again before, whatever changes. */
  leastAgeMs: number
  /** Of the body; 0 while it is being made. */
  bytes: number
  /** A newer one is being made, which takes so long that the old one is sent until then. */
  isRenewing: boolean
}

/** No document may take more than one part in so many of the time. */
const shareOfTime = 20
/** Clients that poll never see anything older than this. */
const mostLeastAgeMs = 10_000

const ignored = () => {}

/**
 * Keeps documents until what they show has changed, and for `leastAgeMs` even then: a thousand results a second must
 * not mean a thousand renderings. What takes long to make is kept longer, for at most ten seconds.
 */
export function createDocumentCache(options: {
  readonly version: () => number
  readonly now: () => number
  readonly leastAgeMs: number
  /** After so long they are made again even so: that nothing comes is news too. */
  readonly mostAgeMs: number
  /** Most variants kept; the one made first leaves. */
  readonly capacity: number
  /** Most bytes of bodies kept, the newest one aside. */
  readonly mostBytes: number
}) {
  const kept = new Map<string, Kept>()

  function isFresh({ version, madeAt, leastAgeMs }: Kept, now: number): boolean {
    return Math.abs(now - madeAt) < (version === options.version() ? options.mostAgeMs : leastAgeMs)
  }

  /** Whether it takes long to make and is hardly older than it should be: then nobody waits for the next one. */
  function isSoonReplaced({ madeAt, leastAgeMs }: Kept, now: number): boolean {
    return leastAgeMs > options.leastAgeMs && now - madeAt < Math.min(2 * leastAgeMs, mostLeastAgeMs)
  }

  function begin(make: () => Content | Promise<Content>, madeAt: number): Kept {
    const version = options.version()
    const document = Promise.resolve(make()).then(createLargeDocument)
    const entry: Kept = { document, version, madeAt, leastAgeMs: options.leastAgeMs, bytes: 0, isRenewing: false }
    document.then(({ body }) => {
      entry.bytes = body.length
      entry.leastAgeMs = Math.min(Math.max(shareOfTime * (options.now() - madeAt), options.leastAgeMs), mostLeastAgeMs)
      dropOldest()
    }, ignored)
    return entry
  }

  function keep(id: string, entry: Kept): void {
    kept.delete(id)
    kept.set(id, entry)
    dropOldest()
  }

  function dropOldest(): void {
    let bytes = 0
    for (const entry of kept.values()) bytes += entry.bytes
    for (const [id, entry] of kept) {
      if (kept.size === 1 || (kept.size <= options.capacity && bytes <= options.mostBytes)) return
      kept.delete(id)
      bytes -= entry.bytes
    }
  }

  function renew(id: string, old: Kept, entry: Kept): void {
    old.isRenewing = true
    entry.document.then(
      () => keep(id, entry),
      () => {
        old.isRenewing = false
      },
    )
  }

  return (id: string, make: () => Content | Promise<Content>): Promise<Document> => {
    const known = kept.get(id)
    const now = options.now()
    if (known !== undefined && (known.isRenewing || isFresh(known, now))) return known.document
    const entry = begin(make, now)
    if (known !== undefined && isSoonReplaced(known, now)) {
      renew(id, known, entry)
      return known.document
    }
    keep(id, entry)
    entry.document.catch(() => kept.delete(id))
    return entry.document
  }
}

export type DocumentCache = ReturnType<typeof createDocumentCache>
