// Bundles the torture and runs it: npm run torture -- [--only kill,reload] [--rounds N] [--seed N] [--list]
import { fileURLToPath } from 'node:url'
import { bundle } from '../support/bundle.js'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
// As deep as this folder, so that what the tests find beside them is found from there too.
const outDir = path('../../.artefacts/torture')

// Started by itself, it is built already.
if (!process.argv.includes('--inside')) await bundle({ main: path('main.ts'), target: path('target.ts') }, outDir)
process.setSourceMapsEnabled(true)
const { main } = await import(`${outDir}/main.js`)
process.exit(await main(process.argv.slice(2)))
