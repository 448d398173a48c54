/**
 * Which texts a browser gets when. What is in none of these is only ever printed by the server. Entries name a text, or
 * with a `.` at the end all texts that begin so.
 */
export const clientParts = {
  /** In the document itself: what every page says of its own accord before it has asked for anything. */
  start: ['time.checked', 'time.since.for', 'unit.', 'live.live', 'live.reconnecting'],
  /** What a page may have to say when it can ask for nothing. The script knows it in English; others load it early. */
  soon: [
    'stale.notice',
    'none',
    'live.showing',
    'live.paused',
    'live.offline',
    'live.newBuild',
    'group.failed',
    'group.retry',
    'footer.zone',
    'footer.zone.days',
  ],
  /** Loaded with the first thing that is drawn: a snapshot, a tooltip, the help. */
  live: [
    'state.',
    'stale',
    'stale.notice.since',
    'headline.',
    'hero.',
    'comma',
    'list.rest',
    'time.since',
    'time.asOf',
    'time.span',
    'time.now',
    'time.today',
    'spoken.',
    'live.changes',
    'live.show',
    'live.resort',
    'attention',
    'attention.',
    'range.checks.long',
    'range.24h.long',
    'range.7d.long',
    'range.30d.long',
    'range.90d.long',
    'group.',
    'column.',
    'row.',
    'bar.',
    'filter.',
    'empty.nomatch',
    'empty.nofilter',
    'empty.clear',
    'say.',
    'settings.',
    'time.utc',
    'time.both',
    'range',
    'range.checks',
    'range.24h',
    'range.7d',
    'range.30d',
    'range.90d',
    'class.',
    'tip.',
    'detail.',
    'phase.',
    'event.',
    'nav.history',
    'help.',
    'past.upcoming',
    'past.recent',
    'past.was',
    'past.is',
    'past.maintenance',
    'past.maintenance.all',
    'past.inProgress',
    'past.for',
  ],
} as const satisfies Record<string, readonly string[]>

export type ClientPart = keyof typeof clientParts

export const isInPart = (key: string, part: ClientPart): boolean =>
  clientParts[part].some((entry) => (entry.endsWith('.') ? key.startsWith(entry) : key === entry))

export function pickPart<T>(texts: Readonly<Record<string, T>>, part: ClientPart): Record<string, T> {
  return Object.fromEntries(Object.entries(texts).filter(([key]) => isInPart(key, part)))
}
