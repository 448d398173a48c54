import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context } from 'hono'

const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress)

/** Below this, compression saves nothing. */
const smallestCompressed = 200

type Encoding = 'br' | 'gzip'

/** A body that is sent to many: hashed once, compressed once per encoding, off the main thread. */
export interface Document {
  readonly body: Buffer
  readonly etag: string
  encoded(encoding: Encoding): Promise<Buffer>
}

const compress = (body: Buffer, encoding: Encoding): Promise<Buffer> =>
  encoding === 'gzip'
    ? gzipped(body, { level: 6 })
    : brotlied(body, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
      })

export function createDocument(content: string | Buffer): Document {
  const body = typeof content === 'string' ? Buffer.from(content) : content
  const encodings = new Map<Encoding, Promise<Buffer>>()
  return {
    body,
    etag: `W/"${createHash('sha1').update(body).digest('base64url')}"`,
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

/** Answers with a document: 304 when the client has it already, compressed when it likes. */
export async function sendDocument(c: Context, document: Document, headers: Record<string, string>): Promise<Response> {
  c.header('ETag', document.etag)
  c.header('Vary', 'Accept-Encoding', { append: true })
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  if (matches(c.req.header('if-none-match'), document.etag)) return c.body(null, 304)
  const encoding =
    document.body.length < smallestCompressed ? undefined : acceptedEncoding(c.req.header('accept-encoding'))
  if (encoding === undefined) return c.body(new Uint8Array(document.body))
  c.header('Content-Encoding', encoding)
  return c.body(new Uint8Array(await document.encoded(encoding)))
}

interface Kept {
  readonly document: Promise<Document>
  readonly version: number
  readonly madeAt: number
}

/**
 * Keeps documents until what they show has changed, and for `leastAgeMs` even then: a thousand results a second must
 * not mean a thousand renderings.
 */
export function createDocumentCache(options: {
  readonly version: () => number
  readonly now: () => number
  readonly leastAgeMs: number
  /** After so long they are made again even so: that nothing comes is news too. */
  readonly mostAgeMs: number
  /** Most variants kept; the one made first leaves. */
  readonly capacity: number
}) {
  const kept = new Map<string, Kept>()

  return (id: string, make: () => string | Buffer | Promise<string | Buffer>): Promise<Document> => {
    const known = kept.get(id)
    const now = options.now()
    if (
      known !== undefined &&
      Math.abs(now - known.madeAt) < (known.version === options.version() ? options.mostAgeMs : options.leastAgeMs)
    ) {
      return known.document
    }
    const document = Promise.resolve(make()).then(createDocument)
    kept.delete(id)
    kept.set(id, { document, version: options.version(), madeAt: now })
    document.catch(() => kept.delete(id))
    for (const oldest of kept.keys()) {
      if (kept.size <= options.capacity) break
      kept.delete(oldest)
    }
    return document
  }
}

export type DocumentCache = ReturnType<typeof createDocumentCache>
