import { loadConfig } from '../config/load.ts'

const timeoutMs = 5_000

const loopback = (address: string) => {
  if (address === '0.0.0.0') return '127.0.0.1'
  if (address === '::') return '[::1]'
  return address.includes(':') ? `[${address}]` : address
}

/** Where the monitor of a configuration answers. */
function healthUrl(path: string | undefined, env: Readonly<Record<string, string | undefined>>): string {
  const { web } = loadConfig({ path, env }).config
  const scheme = web.tls === undefined ? 'http' : 'https'
  return `${scheme}://${loopback(web.address)}:${web.port}${web.basePath}/health`
}

/** Asks a running monitor for its health. Its own certificate need not be valid for the loopback address. */
export async function askHealth(
  url: string | undefined,
  path: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly well: boolean; readonly text: string }> {
  const asked = url ?? healthUrl(path, env)
  const { Agent, request } = await import('undici')
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } })
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const { statusCode, body } = await request(asked, { dispatcher, signal })
    return { well: statusCode === 200, text: await body.text() }
  } catch (error) {
    return { well: false, text: `${asked}: ${error instanceof Error ? error.message : String(error)}` }
  } finally {
    await dispatcher.close()
  }
}
