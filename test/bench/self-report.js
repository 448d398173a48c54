/** What a monitor says of itself under `/metrics`; `lag` only where it tells. */
export async function selfReport(monitor) {
  const text = await (await fetch(`${monitor.url}/metrics`)).text()
  let failed = 0
  const lag = []
  for (const line of text.split('\n')) {
    if (line.startsWith('gatus_results_total') && line.includes('success="false"')) {
      failed += Number(line.slice(line.lastIndexOf(' ')))
    }
    const bucket = /^vedette_schedule_lag_seconds_bucket\{le="([^"]+)"\} (\d+)/.exec(line)
    if (bucket !== null)
      lag.push({ boundMs: Number(bucket[1].replace('+Inf', 'Infinity')) * 1_000, count: Number(bucket[2]) })
  }
  return { failed, lag }
}

/** The bound under which 99 % of the checks between two reports began; `undefined` where a monitor does not tell. */
export function lagP99Ms(before, after) {
  const total = (after.lag.at(-1)?.count ?? 0) - (before.lag.at(-1)?.count ?? 0)
  return after.lag.find(({ count }, i) => count - before.lag[i].count >= 0.99 * total)?.boundMs
}
