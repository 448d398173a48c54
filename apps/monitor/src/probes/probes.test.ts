import { describe } from 'vitest'
import { probeContract } from '../../../../test/contracts/probe.ts'
import { probeTypes } from './index.ts'

describe.each(probeTypes)('$type', (definition) => probeContract(definition))
