import { once } from 'node:events'
import { createServer } from 'node:http'

export interface Receiver {
  readonly url: string
  close(): Promise<void>
}

const marks: Readonly<Record<string, string>> = { trigger: '✕', resolve: '✓', remind: '…' }

/** One line for a notice; `docs/alerting.md` has its shape. */
function lineOf(notice: unknown): string | undefined {
  if (typeof notice !== 'object' || notice === null || !('kind' in notice) || !('text' in notice)) return undefined
  return `  ${marks[String(notice.kind)] ?? '·'} ${notice.text}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Takes the notices of the webhook provider and prints each as a line. */
export async function startReceiver(print: (line: string) => void): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const line = lineOf(parsed(body))
    if (line !== undefined) print(line)
    response.writeHead(line === undefined ? 400 : 204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
