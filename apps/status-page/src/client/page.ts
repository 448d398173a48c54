import type { Frame } from '../components/frame.ts'
import { createLinks } from '../links.ts'
import { parseView, ranges, type View } from '../model/view.ts'

export const main = document.querySelector('main') ?? document.body
const { dataset } = main

export const kind = dataset['page'] ?? ''
export const endpointKey = dataset['key'] ?? ''
export const siteTitle = dataset['title'] ?? ''
export const build = dataset['build'] ?? ''
export const links = createLinks(dataset['base'] ?? '')
export const range = ranges.find((candidate) => candidate === dataset['range']) ?? '90d'
/** Sequence number of the feed that the document includes. */
export const documentSequence = Number(dataset['seq'] ?? 0)
export const cookiePath = `${links.base}/`

/** What the address asks for; search and filters change it in place. */
export const readView = (): View => parseView(new URLSearchParams(location.search))

export const frameAt = (now: number): Frame => ({ links, range, now })

export const byId = (id: string): HTMLElement | null => document.getElementById(id)

export function setCookie(name: string, value: string | undefined): void {
  const age = value === undefined ? 0 : 31_536_000
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox releases still in use.
  document.cookie = `${name}=${value ?? ''}; path=${cookiePath}; max-age=${age}; samesite=lax`
}
