import type { BarRange, EndpointRow } from '../contract.ts'
import { say } from '../text/say.ts'
import { expandRuns, isProblem } from './history.ts'
import { durationText, uptimeText } from './numbers.ts'
import { timeText } from './times.ts'

/** Ranges in which an outage that is over has a day, and no time of the day. */
const coarse: ReadonlySet<BarRange> = new Set(['30d', '90d'])

/** What a bar says to people who do not see it. */
export function barSentence(row: Pick<EndpointRow, 'history' | 'uptime' | 'lastOutage'>, range: BarRange): string {
  const sentence = (facts: string) => say('bar.sentence', { range: say(`range.${range}.long`), facts })
  if (row.uptime.count <= 0) return sentence(say('bar.nodata'))
  const facts = [say('bar.uptime', { uptime: uptimeText(row.uptime) }), outages(row, range)]
  const last = row.lastOutage
  if (last !== undefined) {
    facts.push(
      last.endAt === undefined
        ? say('bar.ongoing', { date: timeText(last.startAt, 'longDayClock') })
        : say('bar.recent', {
            date: timeText(last.startAt, coarse.has(range) ? 'longDay' : 'longDayClock'),
            duration: durationText(last.endAt - last.startAt, true),
          }),
    )
  }
  return sentence(facts.join(say('comma')))
}

function outages(row: Pick<EndpointRow, 'history'>, range: BarRange): string {
  const n = expandRuns(row.history).filter(isProblem).length
  if (n === 0) return say('bar.never')
  return say(range === 'checks' ? 'bar.checks' : range === '90d' ? 'bar.days' : 'bar.periods', { n })
}
