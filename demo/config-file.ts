import { stringify } from 'yaml'
import { timeoutMs } from './checks.ts'
import type { DemoEndpoint, WeeklyWindow } from './fleet.ts'

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const windowOf = ({ weekday, startMinute, durationMs }: WeeklyWindow) => ({
  start: clock(startMinute),
  duration: `${durationMs / 60_000}m`,
  timezone: 'UTC',
  every: [weekday],
})

const endpointOf = ({ name, group, check, intervalMs, window }: DemoEndpoint) => ({
  name,
  group,
  url: check.url,
  ...(check.kind === 'port' && { body: 'PING' }),
  interval: `${intervalMs / 1_000}s`,
  // Every website has signed its certificate itself.
  client: { timeout: `${timeoutMs / 1_000}s`, ...(check.kind === 'website' && { insecure: true }) },
  conditions: check.conditions,
  ...(window !== undefined && { 'maintenance-windows': [windowOf(window)] }),
  alerts: [{ type: 'webhook' }],
})

export interface Addresses {
  readonly port: number
  readonly databasePath: string
  readonly webhookUrl: string
}

/** The configuration of the demo, as one would write it by hand. */
export function configText(endpoints: readonly DemoEndpoint[], { port, databasePath, webhookUrl }: Addresses): string {
  return stringify({
    web: { address: '127.0.0.1', port },
    storage: { type: 'sqlite', path: databasePath },
    metrics: true,
    ui: {
      title: 'Status | Acme',
      header: 'Acme',
      'dark-mode': false,
      buttons: [{ name: 'Documentation', link: 'https://docs.acme.example' }],
    },
    maintenance: { 'exclude-from-uptime': true },
    alerting: {
      webhook: {
        url: webhookUrl,
        'default-alert': { 'failure-threshold': 3, 'success-threshold': 2, 'send-on-resolved': true },
      },
    },
    endpoints: endpoints.map(endpointOf),
  })
}
