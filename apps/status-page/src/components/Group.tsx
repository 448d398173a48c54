import type { OverviewModel } from '../contract.ts'
import type { GroupView } from '../model/groups.ts'
import { uptimeText } from '../model/numbers.ts'
import type { Counts } from '../model/states.ts'
import { dayMs, momentText, timeText } from '../model/times.ts'
import type { View } from '../model/view.ts'
import { formatNumber, parts, say } from '../text/say.ts'
import { barCounts, type Frame } from './frame.ts'
import { HistoryBar } from './HistoryBar.tsx'
import { Icon, StateIcon } from './icons.tsx'

/** Content of a group's `summary`. With many groups each has a strip: the worst of its members at each time. */
export function GroupSummary({ group, frame, strip }: { group: GroupView; frame: Frame; strip: boolean }) {
  return (
    <>
      <StateIcon state={group.state} stale={group.stale} />
      <span class="who">
        <h2>
          <bdi>{group.name === '' ? say('group.none') : group.name}</bdi>
        </h2>
        {strip && <span class="count">{formatNumber(group.counts.all)}</span>}
        <GroupWords counts={group.counts} />
      </span>
      {strip && <HistoryBar history={group.history} count={barCounts[frame.range]} kind="strip" />}
      {strip && <span class="num up-of">{uptimeText(group.uptime)}</span>}
      <Icon name="chevron" class="chevron" />
    </>
  )
}

function GroupWords({ counts }: Pick<GroupView, 'counts'>) {
  const troubles = (['down', 'degraded', 'maintenance'] as const).filter((state) => counts[state] > 0)
  if (troubles.length === 0) return <span class="words">{healthyWords(counts)}</span>
  return troubles.map((state) => (
    <span key={state} class={`words t-${state}`}>
      {say(`group.${state}`, { n: counts[state] })}
    </span>
  ))
}

function healthyWords({ all, pending, up }: Counts): string {
  if (pending === all) return say('group.pending')
  return pending > 0 ? say('group.up.few', { n: up }) : say('group.up')
}

export const groupId = (name: string): string => `g-${encodeURIComponent(name)}`

/** The links under the rows of a group: the way to what was not sent, without a script. */
export function GroupRest({ group, frame, view }: { group: GroupView; frame: Frame; view: View }) {
  const left = group.matching.length - group.shown.length
  if (left <= 0) return null
  const href = frame.links.home({ ...view, open: [...view.open, group.name] }, `#${groupId(group.name)}`)
  const name = <bdi>{group.name === '' ? say('group.none') : group.name}</bdi>
  return (
    <p class="rest">
      <a href={href} data-fill={group.name}>
        {group.shown.length === 0 ? say('group.show', { n: left }) : parts('group.more', { n: left, group: name })}
      </a>
    </p>
  )
}

/** First and last moment of the bars above, and what the numbers beside them are. Said to nobody twice, so hidden. */
export function Axis({ model }: { model: Pick<OverviewModel, 'range' | 'axis' | 'now'> }) {
  const { axis, now, range } = model
  return (
    <div class="axis" aria-hidden="true">
      <span class="ends" dir="ltr">
        <span>{axis === undefined ? say('range.checks.long') : axisText(axis.startAt, axis.bucketMs, now)}</span>
        <span>{axis !== undefined && range === '90d' ? say('time.today') : say('time.now')}</span>
      </span>
      <span class="num">{say('column.uptime')}</span>
      <span class="num ms">{say('column.latency')}</span>
    </div>
  )
}

const axisText = (at: number, bucketMs: number, now: number): string =>
  bucketMs >= dayMs / 3 ? timeText(at, 'day') : momentText(at, now)
