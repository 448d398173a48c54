import type { ProbeDefinition } from './define.ts'
import { grpc } from './grpc.ts'
import { http } from './http.ts'
import { tcp } from './tcp.ts'

/** Every protocol there is: one line each. */
export const probeTypes: readonly ProbeDefinition[] = [http, tcp, grpc]
