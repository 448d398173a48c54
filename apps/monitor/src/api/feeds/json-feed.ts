import { rfc3339 } from '../../lib/timestamp.ts'
import type { FeedEntry, FeedSite } from './entries.ts'

/** https://www.jsonfeed.org/version/1.1/ */
export const jsonFeed = (site: FeedSite, entries: readonly FeedEntry[]): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: site.title,
    home_page_url: `${site.url}/`,
    feed_url: `${site.url}/feed.json`,
    items: entries.map(({ id, url, title, text, publishedAt, updatedAt }) => ({
      id,
      url,
      title,
      content_text: text,
      date_published: rfc3339(publishedAt),
      date_modified: rfc3339(updatedAt),
    })),
  })
