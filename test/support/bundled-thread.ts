import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundle.js'

/** The entry of a thread in `apps/monitor/src`, bundled, since threads run no TypeScript. */
export async function bundledThread(entry: string): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'vedette-thread-'))
  await bundle({ thread: fileURLToPath(new URL(`../../apps/monitor/src/${entry}`, import.meta.url)) }, folder)
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  return { path: join(folder, 'thread.js'), remove: () => rm(folder, { recursive: true }) }
}

/** A thread made of this text; `port` is its end of the line. */
export const threadOf = (text: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort as port } from 'node:worker_threads';${text}`)}`,
  )
