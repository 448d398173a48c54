import type { Context } from 'hono'
import { Hono } from 'hono'
import type { BoardEntry } from '../../domain/board.ts'
import type { UptimeWindow } from '../../domain/uptime.ts'
import { averageMsOf, hourlyAverages, uptimeOf, uptimeWindowsMs } from '../../domain/uptime.ts'
import { fixedHalfEven } from '../../lib/fixed.ts'
import type { ApiDeps } from '../deps.ts'
import { ApiError } from '../errors.ts'
import { knownEndpoint } from '../request.ts'
import type { Health } from '../views/badge.ts'
import { drawBadge, healthBadge, responseTimeBadge, shieldsBadge, uptimeBadge } from '../views/badge.ts'
import { drawChart } from '../views/chart-svg.ts'
import { isStale, stateOf } from '../views/row.ts'

const hourMs = 60 * 60_000

const isWindow = (text: string | undefined): text is UptimeWindow =>
  text !== undefined && Object.hasOwn(uptimeWindowsMs, text)

function windowOf(c: Context): UptimeWindow {
  const window = c.req.param('duration')
  if (!isWindow(window)) throw new ApiError('Durations supported: 30d, 7d, 24h, 1h')
  return window
}

function seriesWindowOf(c: Context): Exclude<UptimeWindow, '1h'> {
  const window = c.req.param('duration')
  if (!isWindow(window) || window === '1h') throw new ApiError('Durations supported: 30d, 7d, 24h')
  return window
}

const uncached = (c: Context) => {
  c.header('Cache-Control', 'no-cache, no-store, must-revalidate')
  c.header('Expires', '0')
}

const svgHeaders = {
  'Content-Type': 'image/svg+xml',
  'Cache-Control': 'no-cache, no-store, must-revalidate',
  Expires: '0',
  // Badges are made to stand in other people's pages.
  'Cross-Origin-Resource-Policy': 'cross-origin',
}

const svg = (image: string) => new Response(image, { headers: svgHeaders })

const healthOf = ({ results }: BoardEntry): Health =>
  results.newest === undefined ? '?' : results.newest.success ? 'up' : 'down'

/** Average response time per clock hour; hours before the first result are 0, as number-only clients expect. */
function hourlySeries(entry: BoardEntry, window: Exclude<UptimeWindow, '1h'>, now: number) {
  const from = Math.floor(now / hourMs) * hourMs - uptimeWindowsMs[window]
  const known = hourlyAverages(entry.series('1h').slots(from), from)
  const filled = []
  for (let at = from; known[0] !== undefined && at < known[0].startAt; at += hourMs) filled.push({ at, valueMs: 0 })
  for (const { startAt, averageMs } of known) filled.push({ at: startAt, valueMs: averageMs })
  return filled
}

/** Anything else gives the badges that Gatus draws: addresses in use may ask for what other services know. */
const isClear = (c: Context) => c.req.query('style') === 'clear'

/** Response times beyond this one of an endpoint's thresholds are slow. */
const slowThreshold = 2

/** Uptime, response times and health as text, series and images, as Gatus serves them; badges also in our own look. */
export function figureRoutes({ board, clock, config, page, rowOptions }: ApiDeps) {
  const statsOf = (entry: BoardEntry, window: UptimeWindow) =>
    entry.stats(window, clock.now(), config.maintenance.excludeFromUptime)

  return new Hono()
    .get('/:key/uptimes/:duration', (c) => {
      const window = windowOf(c)
      const uptime = uptimeOf(statsOf(knownEndpoint(c, board), window))
      uncached(c)
      return c.text(fixedHalfEven(uptime, 6))
    })
    .get('/:key/uptimes/:duration/badge.svg', (c) => {
      const window = windowOf(c)
      const stats = statsOf(knownEndpoint(c, board), window)
      if (isClear(c)) return svg(page.badge({ kind: 'uptime', window, figure: stats }))
      return svg(drawBadge(uptimeBadge(uptimeOf(stats), window)))
    })
    .get('/:key/response-times/:duration', (c) => {
      const window = windowOf(c)
      const averageMs = averageMsOf(statsOf(knownEndpoint(c, board), window))
      uncached(c)
      return c.text(String(averageMs))
    })
    .get('/:key/response-times/:duration/badge.svg', (c) => {
      const window = windowOf(c)
      const entry = knownEndpoint(c, board)
      const stats = statsOf(entry, window)
      const averageMs = averageMsOf(stats)
      const thresholds = entry.endpoint.display.badgeThresholds
      if (!isClear(c)) return svg(drawBadge(responseTimeBadge(averageMs, window, thresholds)))
      const isSlow = averageMs > (thresholds[slowThreshold] ?? Number.POSITIVE_INFINITY)
      return svg(
        page.badge({ kind: 'response time', window, isSlow, ...(stats.timedCount === 0 ? {} : { averageMs }) }),
      )
    })
    .get('/:key/response-times/:duration/history', (c) => {
      const window = seriesWindowOf(c)
      const series = hourlySeries(knownEndpoint(c, board), window, clock.now())
      return c.json({ timestamps: series.map(({ at }) => at), values: series.map(({ valueMs }) => valueMs) })
    })
    .get('/:key/response-times/:duration/chart.svg', (c) => {
      const window = seriesWindowOf(c)
      const series = hourlySeries(knownEndpoint(c, board), window, clock.now())
      c.header('Cache-Control', 'no-cache, no-store')
      c.header('Expires', '0')
      if (series.length === 0) return c.body(null, 204)
      c.header('Content-Type', 'image/svg+xml')
      c.header('Cross-Origin-Resource-Policy', 'cross-origin')
      return c.body(drawChart(series, window))
    })
    .get('/:key/health/badge.svg', (c) => {
      const entry = knownEndpoint(c, board)
      if (!isClear(c)) return svg(drawBadge(healthBadge(healthOf(entry))))
      const now = clock.now()
      return svg(
        page.badge({ kind: 'health', state: isStale(entry, now) ? 'pending' : stateOf(entry, rowOptions, now) }),
      )
    })
    .get('/:key/health/badge.shields', (c) => {
      const health = healthOf(knownEndpoint(c, board))
      uncached(c)
      return c.json(shieldsBadge(health))
    })
}
