import type { EndpointModel, UptimeFigure } from '../contract.ts'
import { durationText, latencyText, uptimeText } from '../model/numbers.ts'
import { iso, timeText } from '../model/times.ts'
import { say } from '../text/say.ts'

const windows = ['24h', '7d', '30d', '90d'] as const

export function KpiGrid({ model }: { model: EndpointModel }) {
  const { response, certificateExpiresAt, domainExpiresAt, now } = model
  return (
    <div class="kpis">
      <dl class="card">
        {windows.map((window) => (
          <Kpi
            key={window}
            name={say('detail.uptime.range', { range: say(`range.${window}`) })}
            value={uptimeText(model.uptimes[window])}
            note={uptimeNote(model.uptimes[window])}
          />
        ))}
      </dl>
      <dl class="card">
        <Kpi name={say('detail.median.range', { range: say('range.24h') })} value={latencyText(response.p50Ms)} />
        <Kpi name={say('detail.p95')} value={latencyText(response.p95Ms)} />
        <Kpi name={say('detail.max')} value={latencyText(response.maxMs)} />
        {certificateExpiresAt !== undefined && (
          <Expiry name={say('detail.certificate')} at={certificateExpiresAt} now={now} />
        )}
        {domainExpiresAt !== undefined && <Expiry name={say('detail.domain')} at={domainExpiresAt} now={now} />}
      </dl>
    </div>
  )
}

function Kpi({ name, value, note }: { name: string; value: string; note?: string | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  )
}

function Expiry({ name, at, now }: { name: string; at: number; now: number }) {
  const left = at - now
  const date = timeText(at, 'year')
  return (
    <div>
      <dt>{name}</dt>
      <dd class={left < 0 ? 't-down' : undefined}>
        {left < 0 ? say('detail.expired') : durationText(left)}
        <small>
          <time dateTime={iso(at)}>{date}</time>
        </small>
      </dd>
    </div>
  )
}

function uptimeNote(figure: UptimeFigure): string | undefined {
  const { count, successes, expected } = figure
  if (count === 0) return undefined
  const passed = say('detail.uptime.of', { successes, count })
  if (expected <= count) return passed
  const coverage = uptimeText({ count: expected, successes: count })
  return passed + say('comma') + say('detail.uptime.coverage', { coverage })
}
