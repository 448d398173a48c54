import type { Scenario } from './scenario.ts'
import { clock } from './scenarios/clock.ts'
import { corrupt } from './scenarios/corrupt.ts'
import { diskFull } from './scenarios/disk-full.ts'
import { dns } from './scenarios/dns.ts'
import { fuzz } from './scenarios/fuzz.ts'
import { hostile } from './scenarios/hostile.ts'
import { kill } from './scenarios/kill.ts'
import { locked } from './scenarios/locked.ts'
import { many } from './scenarios/many.ts'
import { outageOfProvider } from './scenarios/outage.ts'
import { reload } from './scenarios/reload.ts'
import { slowClients } from './scenarios/slow-clients.ts'

export const scenarios: readonly Scenario[] = [
  kill,
  diskFull,
  locked,
  corrupt,
  clock,
  outageOfProvider,
  hostile,
  dns,
  reload,
  many,
  slowClients,
  fuzz,
]
