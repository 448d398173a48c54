import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { z } from 'zod'
import type { Assets } from '../api/deps.ts'
import { createDocument } from '../api/document.ts'

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

const manifestSchema = z.record(z.string(), z.object({ file: z.string(), isEntry: z.boolean().optional() }))

/** The files of the built page in `folder`, and the path of its first module. */
export function readAssets(folder: URL): { readonly assets: Assets; readonly script: string } {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')))
  const entry = Object.values(manifest).find(({ isEntry }) => isEntry)
  if (entry === undefined) throw new Error('the built page has no first module; build it again')
  const assets = new Map<string, { document: ReturnType<typeof createDocument>; type: string }>()
  for (const name of readdirSync(new URL('assets/', folder))) {
    const type = types[extname(name)]
    if (type === undefined) continue
    const document = createDocument(readFileSync(new URL(`assets/${name}`, folder)))
    assets.set(`/assets/${name}`, { document, type })
  }
  return { assets, script: `/${entry.file}` }
}
