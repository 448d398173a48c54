// Bundles the simulation and runs it: npm run simulate -- [--seeds 1000] [--from 1] [--seed N [--trace]] [--jobs 2]
import { fileURLToPath } from 'node:url'
import { bundle } from '../support/bundle.js'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const outDir = path('../../node_modules/.cache/simulate')

await bundle({ main: path('main.ts') }, outDir)
process.setSourceMapsEnabled(true)
const { main } = await import(`${outDir}/main.js`)
process.exitCode = await main(process.argv.slice(2), path('../../apps/monitor/drizzle'))
