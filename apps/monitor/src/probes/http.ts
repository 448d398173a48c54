import { defineProbe } from './define.ts'
import { urlProblem } from './http-url.ts'

export const http = defineProbe({
  type: 'HTTP',
  schemes: ['http:', 'https:'],
  problem: urlProblem,
  create: async (outside) => (await import('./http-probe.ts')).createHttpProbe(outside),
})
