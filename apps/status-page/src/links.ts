import type { BarRange } from './contract.ts'
import { type Defaults, type View, viewQuery } from './model/view.ts'

/** Every address the page uses. `basePath` is empty or like `/status`. */
export function createLinks(basePath: string, defaults?: Defaults) {
  const base = basePath.replace(/\/+$/, '')
  const api = `${base}/api/v1`
  return {
    base,
    defaults,
    home: (view?: Partial<View>, hash = ''): string => `${base}/${viewQuery(view ?? {}, defaults)}${hash}`,
    endpoint: (key: string, at: { readonly range?: BarRange; readonly at?: string } = {}, hash = ''): string =>
      `${base}/endpoints/${encodeURIComponent(key)}${viewQuery(at)}${hash}`,
    asset: (path: string): string => `${base}/${path.replace(/^\/+/, '')}`,
    events: `${api}/events`,
    overviewData: (range: BarRange): string => `${api}/overview?range=${range}`,
    bucketData: (key: string, from: string, to: string): string =>
      `${api}/endpoints/${encodeURIComponent(key)}/bucket?from=${from}&to=${to}`,
    endpointData: (key: string, range: BarRange, at?: string): string =>
      `${api}/endpoints/${encodeURIComponent(key)}/detail${viewQuery({ range, at })}`,
  }
}

export type Links = ReturnType<typeof createLinks>
