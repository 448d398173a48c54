import { say } from '../text/say.ts'
import { Icon } from './icons.tsx'
import { Moment } from './Moment.tsx'

/** For signed-in people: what is wrong inside the monitor. */
export function OperatorStrip({ notices }: { notices: readonly string[] }) {
  if (notices.length === 0) return null
  return (
    <aside class="notice degraded operator" aria-label={say('operator')}>
      <Icon name="degraded" class="s-degraded" />
      <ul>
        {notices.map((notice) => (
          <li key={notice}>{notice}</li>
        ))}
      </ul>
    </aside>
  )
}

/** Nothing at all has arrived for longer than any interval explains. */
export function StaleNotice({ newestAt, now }: { newestAt: number; now: number }) {
  return (
    <p class="notice degraded" role="note">
      <Icon name="degraded" class="s-degraded" />
      <Moment at={newestAt} now={now} format="stale" />
    </p>
  )
}

const example = `endpoints:
  - name: website
    url: https://example.org
    conditions: ['[STATUS] == 200']`

export function NothingConfigured() {
  return (
    <section class="card panel">
      <h2>{say('empty.title')}</h2>
      <p>{say('empty.help')}</p>
      <pre>
        <code>{example}</code>
      </pre>
    </section>
  )
}

/** Whether the page is live, which only the browser knows, and as of when it is. */
export function LiveBadge({ newestAt, now }: { newestAt: number | undefined; now: number }) {
  return (
    <p class="live">
      <span id="live" class="badge js-only" data-live="connecting">
        {say('live.connecting')}
      </span>
      <span id="as-of">{newestAt !== undefined && <Moment at={newestAt} now={now} format="checked" />}</span>
    </p>
  )
}
