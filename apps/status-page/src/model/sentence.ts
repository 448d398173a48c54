import type { BarRange, EndpointRow } from '../contract.ts'
import { say } from '../text/say.ts'
import { expandRuns, isProblem } from './history.ts'
import { durationText, uptimeNumber } from './numbers.ts'
import { timeText } from './times.ts'

/** What a bar says to people who do not see it. */
export function barSentence(row: Pick<EndpointRow, 'history' | 'uptime' | 'lastOutage'>, range: BarRange): string {
  const head = say(`range.${range}.long`)
  const uptime = uptimeNumber(row.uptime)
  if (uptime === undefined) return `${head}: ${say('bar.nodata')}.`
  const facts = [say('bar.uptime', { uptime: say('percent', { n: uptime }) }), outages(row, range)]
  const last = row.lastOutage
  if (last !== undefined) {
    const date = `${timeText(last.startAt, 'longDay')} ${timeText(last.startAt, 'clock')}`
    facts.push(
      last.endAt === undefined
        ? say('bar.ongoing', { date })
        : say('bar.recent', { date, duration: durationText(last.endAt - last.startAt, true) }),
    )
  }
  return `${head}: ${facts.join(', ')}.`
}

function outages(row: Pick<EndpointRow, 'history'>, range: BarRange): string {
  const n = expandRuns(row.history).filter(isProblem).length
  if (n === 0) return say('bar.never')
  return say(range === 'checks' ? 'bar.checks' : range === '90d' ? 'bar.days' : 'bar.periods', { n })
}
