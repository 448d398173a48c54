import type { MaintenanceEntry } from '../contract.ts'
import type { FeedSite } from './entries.ts'
import { maintenanceFeedEntry } from './entries.ts'

/** Lines are folded at so many octets, the line break not counted. */
const longestLine = 75

const moment = (at: number) => `${new Date(at).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`

const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n')

/** A line may go on in the next one, after a space; a character is never cut in two. */
function folded(line: string): string {
  let text = ''
  let length = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (length + size > longestLine) {
      text += '\r\n '
      length = 1
    }
    text += character
    length += size
  }
  return text
}

function eventOf(site: FeedSite, entry: MaintenanceEntry, now: number): readonly string[] {
  const { id, title, text, url } = maintenanceFeedEntry(site, entry)
  return [
    'BEGIN:VEVENT',
    `UID:${id}@${new URL(site.url).hostname}`,
    `DTSTAMP:${moment(now)}`,
    `DTSTART:${moment(entry.beginAt)}`,
    `DTEND:${moment(entry.endAt)}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    `URL:${url}`,
    'END:VEVENT',
  ]
}

/** https://www.rfc-editor.org/rfc/rfc5545 */
export function calendar(site: FeedSite, entries: readonly MaintenanceEntry[], now: number): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Vedette//Maintenance//EN',
    `X-WR-CALNAME:${escaped(site.title)}`,
    ...entries.flatMap((entry) => eventOf(site, entry, now)),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}
