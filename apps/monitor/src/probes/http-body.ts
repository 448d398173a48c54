import type { Transform } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { causeOf } from '../lib/cause.ts'

/** A text may be this many bytes long, counted after decompression. */
export const bodyLimit = 10 * 1024 * 1024

export interface BodyText {
  readonly text: string
  readonly error?: string
}

/** Takes a body as it arrives, and is asked for the text when it has. */
export interface BodyReader {
  /** Tells whether more is welcome; if not, wait for `onDrain`. Undefined once it wants nothing any more. */
  write(chunk: Buffer): boolean | undefined
  end(): void
  /** What went wrong on the way; what has arrived until then is kept. */
  fail(error: unknown): void
  readonly done: Promise<BodyText>
}

/**
 * Bytes in one growing piece, so that a million tiny chunks cost no more than one big one. Most bodies are a single
 * chunk, which is not copied.
 */
class Bytes {
  #buffer: Buffer = Buffer.alloc(0)
  #length = 0

  /** Tells whether all of it fitted. */
  append(chunk: Buffer): boolean {
    const length = Math.min(this.#length + chunk.length, bodyLimit)
    const fitted = this.#length + chunk.length === length
    if (this.#length === 0) this.#buffer = chunk
    else this.#copy(chunk, length)
    this.#length = length
    return fitted
  }

  #copy(chunk: Buffer, length: number): void {
    if (length > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.min(Math.max(length, this.#buffer.length * 2, 4096), bodyLimit))
      this.#buffer.copy(larger, 0, 0, this.#length)
      this.#buffer = larger
    }
    chunk.copy(this.#buffer, this.#length, 0, length - this.#length)
  }

  get text(): string {
    return this.#buffer.toString('utf8', 0, this.#length)
  }
}

const tooLarge = `larger than ${bodyLimit / 1024 / 1024} MiB`

/** https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1 */
const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: () => createBrotliDecompress({ params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 0 } }),
}

/** A promise and the function that fulfils it. */
function settled(): { done: Promise<BodyText>; settle: (body: BodyText) => void } {
  let settle: (body: BodyText) => void = () => {}
  const done = new Promise<BodyText>((resolve) => {
    settle = resolve
  })
  return { done, settle }
}

function readPlain(): BodyReader {
  const bytes = new Bytes()
  const { done, settle } = settled()
  return {
    done,
    write(chunk) {
      if (bytes.append(chunk)) return true
      settle({ text: bytes.text, error: tooLarge })
      return undefined
    },
    end: () => settle({ text: bytes.text }),
    fail: (error) => settle({ text: bytes.text, error: causeOf(error) }),
  }
}

function readCompressed(decoder: Transform, onDrain: () => void): BodyReader {
  const bytes = new Bytes()
  const { done, settle } = settled()
  let received = false
  let finished = false

  const finish = (error?: string) => {
    if (finished) return
    finished = true
    settle({ text: bytes.text, error })
    decoder.destroy()
    // Whoever waits to write more is to learn that no more is wanted: a decoder that is gone never drains.
    onDrain()
  }
  decoder.on('data', (chunk: Buffer) => {
    if (!finished && !bytes.append(chunk)) finish(tooLarge)
  })
  decoder.on('end', () => finish())
  decoder.on('error', (error) => finish(causeOf(error)))
  decoder.on('drain', onDrain)
  return {
    done,
    write(chunk) {
      if (finished) return undefined
      received = true
      return decoder.write(chunk)
    },
    end() {
      // An answer without a body, such as to HEAD, may name an encoding all the same.
      if (received) decoder.end()
      else finish()
    },
    fail: (error) => finish(causeOf(error)),
  }
}

/** Reads a body of this `Content-Encoding`; one that we do not know is kept as it comes. */
export function createBodyReader(encoding: string | undefined, onDrain: () => void): BodyReader {
  const createDecoder = encoding === undefined ? undefined : decoders[encoding.trim().toLowerCase()]
  return createDecoder === undefined ? readPlain() : readCompressed(createDecoder(), onDrain)
}
