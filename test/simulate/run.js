// Bundles the simulation and runs it: npm run simulate -- [--seeds 1000] [--from 1] [--seed N [--trace]] [--jobs 2]
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const outDir = path('../../node_modules/.cache/simulate')

await build({
  configFile: false,
  logLevel: 'error',
  ssr: { noExternal: true, external: ['better-sqlite3'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir,
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: { input: { main: path('main.ts') }, output: { entryFileNames: '[name].js' } },
  },
})
process.setSourceMapsEnabled(true)
const { main } = await import(`${outDir}/main.js`)
process.exitCode = await main(process.argv.slice(2), path('../../apps/monitor/drizzle'))
