import { defineProbe } from './define.ts'
import { hostPortProblem } from './host-port.ts'

export const grpc = defineProbe({
  type: 'GRPC',
  schemes: ['grpc:', 'grpcs:'],
  problem: hostPortProblem,
  create: async (outside) => (await import('./grpc-probe.ts')).createGrpcProbe(outside),
})
