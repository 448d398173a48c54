import { createHash } from 'node:crypto'
import { parseDuration } from '@vedette/conditions'
import type { Site } from '@vedette/status-page/server'
import { createRenderer, languageCookie, rangeCookie, themeCookie } from '@vedette/status-page/server'
import { createApi } from './api/app.ts'
import type { ResultEntry } from './api/contract.ts'
import type { Assets, Health } from './api/deps.ts'
import { createDocumentCache } from './api/document.ts'
import { createLiveFeed } from './api/live.ts'
import type { WebServer } from './api/serve.ts'
import { serve } from './api/serve.ts'
import { bucketClass } from './api/views/bar.ts'
import type { RowOptions } from './api/views/row.ts'
import { createRows, recentLatency, stateBefore, stateOf } from './api/views/row.ts'
import type { CoreOutside } from './core.ts'
import { createCore } from './core.ts'
import type { BoardEntry } from './domain/board.ts'
import type { Config, WebSettings } from './domain/config.ts'
import type { Clock, Log } from './domain/ports.ts'
import type { Result } from './domain/result.ts'
import { failureReason } from './domain/result.ts'
import type { Unused } from './monitoring/health.ts'
import { degradations } from './monitoring/health.ts'
import { createMetrics } from './monitoring/metrics.ts'
import { openStore } from './storage/open.ts'

/** How long documents may be older than the newest result. */
const documentAgeMs = 500
/** How long, when there is none. */
const quietDocumentAgeMs = 30_000
const documentsKept = 200
const documentBytes = 64 * 1024 * 1024

const checkGraceMs = 10_000
const deliveryGraceMs = 5_000
const requestGraceMs = 5_000

const quarterHourMs = 15 * 60_000

/** What the monitor takes from outside: tests bring their own. */
export interface Outside {
  readonly clock: Clock
  readonly log: Log
  readonly createChecker: CoreOutside['createChecker']
  /** Folder of the SQL migrations. */
  readonly migrationsFolder: string
  /** The built page. */
  readonly assets: Assets
  /** Path of the page's first module. */
  readonly script: string
  readonly version: string
  readonly proxies?: NonNullable<CoreOutside['sending']>['proxies']
}

export interface Monitor {
  readonly url: string
  /** Puts another configuration into force; only what differs is replaced. After a failure it may be called again. */
  reload(config: Config, warnings: number): Promise<void>
  /** The configuration was changed, but cannot be used. */
  rejected(): void
  /** Stops in order: no turns, no readiness, results written, notices delivered or left in the outbox, server closed. */
  close(): Promise<void>
}

/** Icons of the configuration; the page draws its own where the default stands. */
const iconOf = (path: string, standard: string) => (path === standard ? '' : path)

/** Changes with the text. */
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

const sorts = { name: 'name', group: 'order', health: 'status' } as const
const filters = { none: 'all', failing: 'down', unstable: 'unstable' } as const

/** What the page shows until the visitor chooses, as its addresses name it. Only what is not its own default. */
function defaultViewOf({ sortBy, defaultFilterBy, defaultView, openGroups }: Config['ui']): string {
  const view = new URLSearchParams()
  if (sortBy !== 'group') view.set('sort', sorts[sortBy])
  if (defaultFilterBy !== 'none') view.set('f', filters[defaultFilterBy])
  if (defaultView !== 'auto') view.set('view', defaultView)
  if (openGroups !== 'auto') view.set('groups', openGroups)
  return view.toString()
}

const siteOf = ({ ui, web }: Config, { version, script }: Outside): Site => ({
  title: ui.title,
  description: ui.description,
  header: ui.header,
  heading: ui.dashboardHeading,
  subheading: ui.dashboardSubheading,
  logo: ui.logo,
  logoDark: ui.logoDark,
  link: ui.link,
  buttons: ui.buttons,
  favicon: {
    default: iconOf(ui.favicon.default, '/favicon.ico'),
    size16x16: iconOf(ui.favicon.size16x16, '/favicon-16x16.png'),
    size32x32: iconOf(ui.favicon.size32x32, '/favicon-32x32.png'),
  },
  customCss: ui.customCss !== '' && hashOf(ui.customCss),
  theme: ui.theme,
  defaultTheme: ui.defaultTheme,
  defaultView: defaultViewOf(ui),
  basePath: web.basePath,
  version,
  build: `${version} ${script}`,
})

const sameAddress = (a: WebSettings, b: WebSettings) =>
  a.address === b.address &&
  a.port === b.port &&
  a.readBufferSize === b.readBufferSize &&
  a.tls?.certificate === b.tls?.certificate &&
  a.tls?.privateKey === b.tls?.privateKey

const rowOptionsOf = ({ maintenance }: Config): RowOptions => ({
  maintenance: maintenance.windows,
  excludeMaintenance: maintenance.excludeFromUptime,
})

function logChange(log: Log, { endpoint }: BoardEntry, previous: boolean | undefined, result: Result): void {
  const { key } = endpoint
  if (result.success === previous) return
  if (!result.success) log.warn({ endpoint: key, reason: failureReason(result) }, 'endpoint is down')
  else if (previous === false) log.info({ endpoint: key }, 'endpoint is up again')
}

/** Puts all parts together and starts them. Rejects when the store cannot be opened or the address is taken. */
export async function startMonitor(first: Config, outside: Outside): Promise<Monitor> {
  const { clock, log, assets } = outside
  let warningCount = 0
  let unused: Unused | undefined
  let ready = false

  const store = await openStore(first.storage, { migrationsFolder: outside.migrationsFolder, log, clock })
  const core = createCore(first, {
    store,
    clock,
    log,
    createChecker: outside.createChecker,
    sending: { proxies: outside.proxies },
    onRecorded(entry, result, previousSuccess) {
      metrics.record(entry.endpoint, result)
      live.publish(liveEntry(entry, result, previousSuccess))
      logChange(log, entry, previousSuccess, result)
    },
    onLag: (lagMs) => metrics.observeLag(lagMs),
  })
  const { board, rollups, writer, alerting } = core
  const live = createLiveFeed({ clock, build: siteOf(first, outside).build })
  const rowOptions = () => rowOptionsOf(core.config())
  const rows = createRows(rowOptions)
  const metrics = createMetrics(() => {
    const { skipped, running } = core.schedule.counters()
    const { backlog, failingSince, lost } = writer.health()
    return {
      checksSkipped: skipped,
      checksRunning: running,
      storageBacklog: backlog,
      storageFailing: failingSince !== undefined,
      resultsLost: lost,
      configurationWarnings: warningCount,
      noticesPending: alerting.health().pending,
      deliveries: [...alerting.deliveries()].flatMap(([type, counts]) =>
        Object.entries(counts).map(([outcome, count]) => ({ type, outcome, count })),
      ),
    }
  })

  const liveEntry = (entry: BoardEntry, result: Result, previousSuccess: boolean | undefined): ResultEntry => {
    const slotAt = Math.floor(result.at / quarterHourMs) * quarterHourMs
    const letter = bucketClass(entry.series('5m').sum(slotAt, slotAt + quarterHourMs))
    const state = stateOf(entry, rowOptions(), result.at)
    const changed: [1?] = state === stateBefore(entry, previousSuccess, rowOptions()) ? [] : [1]
    return [result.key, state, recentLatency(entry) ?? null, letter, Math.floor(result.at / 1_000), ...changed]
  }

  const health = (): Health => {
    const degraded = degradations(writer.health(), alerting.health(), unused)
    return degraded.length === 0 ? { status: 'UP' } : { status: 'UP', degraded }
  }

  const documents = createDocumentCache({
    version: () => board.version(),
    now: () => clock.now(),
    leastAgeMs: documentAgeMs,
    mostAgeMs: quietDocumentAgeMs,
    capacity: documentsKept,
    mostBytes: documentBytes,
  })

  const apiOf = (current: Config) =>
    createApi({
      config: current,
      board,
      rows,
      rowOptions: rowOptionsOf(current),
      history: { store, current: rollups.current },
      store,
      clock,
      log,
      live,
      documents,
      page: createRenderer(siteOf(current, outside), { script: outside.script }),
      assets,
      metrics,
      health,
      ready: () => ready,
      parseDuration,
      cookies: { theme: themeCookie, range: rangeCookie, language: languageCookie },
    })

  let server: WebServer
  try {
    await core.restore()
    metrics.configure(first.endpoints)
    server = await serve(apiOf(first), first.web)
  } catch (error) {
    await core.close({ checkMs: 0, deliveryMs: 0 })
    await store.close()
    throw error
  }
  core.start()
  ready = true

  /** Where `server` listens, unless it has gone for another that does not listen yet. */
  let served: WebSettings | undefined = first.web
  const moveServer = async (next: Config) => {
    if (served !== undefined && sameAddress(served, next.web)) {
      server.use(apiOf(next), next.web.basePath)
      return
    }
    const before = server
    // A port cannot be had twice: the old server goes first when it is the same one.
    const isInTheWay = served?.port === next.web.port
    if (isInTheWay) {
      served = undefined
      await before.close(requestGraceMs)
    }
    server = await serve(apiOf(next), next.web)
    const isLeft = served !== undefined
    served = next.web
    if (isLeft) await before.close(requestGraceMs)
    log.info({ url: server.url }, 'the status page has moved')
  }

  return {
    get url() {
      return server.url
    },
    async reload(next, warnings) {
      unused = 'refused'
      await core.reload(next)
      warningCount = warnings
      metrics.configure(next.endpoints)
      await moveServer(next)
      if (unused === 'refused') unused = undefined
      live.reloaded()
    },
    rejected() {
      unused = 'invalid'
    },
    async close() {
      ready = false
      await core.close({ checkMs: checkGraceMs, deliveryMs: deliveryGraceMs })
      live.close()
      await server.close(requestGraceMs)
      await store.close()
    },
  }
}
