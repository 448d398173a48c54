import { createLine, type Line, type LineOptions } from './http-line.ts'

/** Kept between checks, for an endpoint whose redirects lead past many servers. */
const mostIdleLines = 8

/** Tells whether `line` was among `lines`, where it is no longer. */
function leave(lines: Line[], line: Line): boolean {
  const index = lines.indexOf(line)
  if (index >= 0) lines.splice(index, 1)
  return index >= 0
}

/** The lines of one endpoint: idle ones to take, and those in use. */
export class HttpLines {
  readonly #options: LineOptions
  /** Oldest first. */
  readonly #idle: Line[] = []
  readonly #busy: Line[] = []

  constructor(options: LineOptions) {
    this.#options = options
  }

  take(origin: string): Line {
    const idle = this.#idle.findLast((line) => line.origin === origin)
    if (idle !== undefined) leave(this.#idle, idle)
    const line = idle ?? createLine(origin, this.#options)
    this.#busy.push(line)
    return line
  }

  release(line: Line): void {
    // Not busy means that it was dropped, or that all were.
    if (!leave(this.#busy, line) || line.client.destroyed) return
    this.#idle.push(line)
    if (this.#idle.length > mostIdleLines) this.#idle.shift()?.destroy()
  }

  drop(line: Line): void {
    leave(this.#busy, line)
    leave(this.#idle, line)
    line.destroy()
  }

  dropAll(): void {
    for (const line of [...this.#idle.splice(0), ...this.#busy.splice(0)]) line.destroy()
  }
}
