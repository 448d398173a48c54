import type {
  CheckTarget,
  ClientSettings,
  EndpointDisplay,
  EndpointType,
} from '../../apps/monitor/src/domain/endpoint.ts'

interface Wanted extends Partial<Omit<CheckTarget, 'client' | 'display'>> {
  readonly url: string
  readonly client?: Partial<ClientSettings>
  readonly display?: Partial<EndpointDisplay>
}

const types: Readonly<Record<string, EndpointType>> = { tcp: 'TCP', grpc: 'GRPC', grpcs: 'GRPC' }

/** A target with everything but its url left at the defaults. */
export const targetOf = ({ client, display, ...target }: Wanted): CheckTarget => ({
  key: '_target',
  name: 'target',
  group: '',
  type: types[target.url.split(':', 1)[0] ?? ''] ?? 'HTTP',
  method: 'GET',
  headers: {},
  body: '',
  graphql: false,
  conditions: ['[CONNECTED] == true'],
  ...target,
  client: { timeoutMs: 10_000, insecure: false, ignoreRedirect: false, ...client },
  display: {
    hideConditions: false,
    hideHostname: false,
    hideUrl: false,
    hidePort: false,
    hideErrors: false,
    dontResolveFailedConditions: false,
    resolveSuccessfulConditions: false,
    badgeThresholds: [50, 200, 300, 500, 750],
    ...display,
  },
})
