import type { Frame } from '../components/frame.ts'
import type { State } from '../contract.ts'
import { createLinks } from '../links.ts'
import { faviconOf } from '../model/favicon.ts'
import { parseDefaults, parseView, ranges, type View } from '../model/view.ts'

export const main = document.querySelector('main') ?? document.body
const { dataset } = main

export const kind = dataset['page'] ?? ''
export const endpointKey = dataset['key'] ?? ''
export const siteTitle = dataset['title'] ?? ''
export const build = dataset['build'] ?? ''
export const links = createLinks(dataset['base'] ?? '', parseDefaults(dataset['view'] ?? ''))
export const range = ranges.find((candidate) => candidate === dataset['range']) ?? '90d'
/** Sequence number of the feed that the document includes. */
export const documentSequence = Number(dataset['seq'] ?? 0)
/** Other pages stay as they were made. */
export const isLive = 'seq' in dataset

/** What the address asks for; search and filters change it in place. */
export const readView = (address = location.href): View => parseView(new URL(address).searchParams, links.defaults)

export const frameAt = (now: number): Frame => ({ links, range, now })

export const byId = (id: string): HTMLElement | null => document.getElementById(id)

let touchedAt = 0

/** Called for every sign of somebody being there. */
export const touch = (): void => {
  touchedAt = performance.now()
}

export const untouchedMs = (): number => performance.now() - touchedAt

const adopted = new Set<string>()

/** Adds styles to those of the document, once. */
export function adopt(css: string): void {
  if (adopted.has(css)) return
  adopted.add(css)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets.push(sheet)
}

/** Names the page and its icon after what it shows. An icon of the operator's own stays. */
export function nameTab(title: string, state: State): void {
  if (document.title !== title) document.title = title
  const icon = document.querySelector('link[rel=icon][data-live]')
  const address = icon && faviconOf(state, byId(`i-${state}`)?.innerHTML ?? '')
  if (address && icon.getAttribute('href') !== address) icon.setAttribute('href', address)
}
