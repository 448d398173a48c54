import type { Scenario } from './scenario.ts'
import { kill } from './scenarios/kill.ts'

export const scenarios: readonly Scenario[] = [kill]
