import { createLine, type Line, type LineOptions } from './http-line.ts'

/** Kept between checks, for an endpoint whose redirects lead past many servers. */
const mostIdleLines = 8

/** The lines of one endpoint: idle ones to take, and those in use. */
export class HttpLines {
  readonly #options: LineOptions
  /** Oldest first. */
  readonly #idle: Line[] = []
  readonly #busy = new Set<Line>()

  constructor(options: LineOptions) {
    this.#options = options
  }

  take(origin: string): Line {
    const index = this.#idle.findLastIndex((line) => line.origin === origin)
    const line = this.#idle.splice(index, index < 0 ? 0 : 1)[0] ?? createLine(origin, this.#options)
    this.#busy.add(line)
    return line
  }

  release(line: Line): void {
    // Not busy means that it was dropped, or that all were.
    if (!this.#busy.delete(line) || line.client.destroyed) return
    this.#idle.push(line)
    if (this.#idle.length > mostIdleLines) this.#idle.shift()?.destroy()
  }

  drop(line: Line): void {
    this.#busy.delete(line)
    const index = this.#idle.indexOf(line)
    if (index >= 0) this.#idle.splice(index, 1)
    line.destroy()
  }

  dropAll(): void {
    for (const line of [...this.#idle.splice(0), ...this.#busy]) line.destroy()
    this.#busy.clear()
  }
}
