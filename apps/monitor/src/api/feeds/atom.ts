import { rfc3339 } from '../../lib/timestamp.ts'
import type { FeedEntry, FeedSite } from './entries.ts'

/** Characters that XML 1.0 cannot hold, whatever way they are written. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const xml = (text: string) => text.replace(impossible, '').replace(/[&<>"']/g, (character) => escapes[character] ?? '')

const entryOf = ({ id, url, title, text, publishedAt, updatedAt }: FeedEntry) =>
  [
    '<entry>',
    `<id>urn:vedette:${xml(encodeURIComponent(id))}</id>`,
    `<title>${xml(title)}</title>`,
    `<link href="${xml(url)}"/>`,
    `<published>${rfc3339(publishedAt)}</published>`,
    `<updated>${rfc3339(updatedAt)}</updated>`,
    `<content type="text">${xml(text)}</content>`,
    '</entry>',
  ].join('')

/** https://www.rfc-editor.org/rfc/rfc4287 */
export function atomFeed(site: FeedSite, entries: readonly FeedEntry[], now: number): string {
  const updatedAt = Math.max(...entries.map((entry) => entry.updatedAt), 0) || now
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${xml(site.url)}/</id>`,
    `<title>${xml(site.title)}</title>`,
    `<updated>${rfc3339(updatedAt)}</updated>`,
    `<author><name>${xml(site.title)}</name></author>`,
    `<link href="${xml(site.url)}/"/>`,
    `<link rel="self" href="${xml(site.url)}/feed.atom"/>`,
    ...entries.map(entryOf),
    '</feed>\n',
  ].join('\n')
}
