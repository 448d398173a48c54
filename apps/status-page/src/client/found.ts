import { searchTerms } from '../model/select.ts'
import './overlay.ts'
import { byId } from './page.ts'

/** More than anybody looks at; a short search in a long list matches everywhere. */
const mostMarked = 300

let terms: readonly string[] = []
let watching: MutationObserver | undefined
let waiting = false

/**
 * Marks what is searched for where the list holds it, without touching the list: rows are drawn by others, and again
 * with each result. A browser that cannot paint ranges shows the same list unmarked.
 */
export function markFound(search: string): void {
  const list = byId('list')
  if (list === null || !('highlights' in CSS)) return
  terms = searchTerms(search)
  watching?.disconnect()
  watching = undefined
  if (terms.length > 0) {
    watching = new MutationObserver(markSoon)
    watching.observe(list, { subtree: true, childList: true, attributeFilter: ['hidden'] })
  }
  markSoon()
}

function markSoon(): void {
  if (waiting) return
  waiting = true
  requestAnimationFrame(() => {
    waiting = false
    const ranges: Range[] = []
    for (const text of document.querySelectorAll('#list .row:not([hidden]) bdi')) {
      if (ranges.length >= mostMarked) break
      ranges.push(...rangesIn(text.firstChild))
    }
    CSS.highlights.set('found', new Highlight(...ranges))
  })
}

/** Accents are folded when rows are chosen; here only letters that stay one letter are found. */
function rangesIn(node: Node | null): Range[] {
  if (!(node instanceof Text)) return []
  const text = node.data.toLowerCase()
  return terms.flatMap((term) => {
    const start = text.indexOf(term)
    if (start < 0 || text.length !== node.length) return []
    const range = new Range()
    range.setStart(node, start)
    range.setEnd(node, start + term.length)
    return [range]
  })
}
