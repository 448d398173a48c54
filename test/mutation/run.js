// Changes the code in small ways and sees whether a test notices: npm run mutation -- [folder or file ...]
//   --jobs 2   how many mutants are tried at a time
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const folders = ['packages/conditions/src', 'apps/monitor/src/domain']

/** The least share of mutants, in percent, that the tests beside the code must find. */
const leastScore = 90

// Seventy megabytes that nothing else needs, so they are no dependency. 9 is the last line that runs on Node 20.
const version = '9.6.1'
const tools = 'node_modules/.cache/mutation'

process.chdir(fileURLToPath(new URL('../..', import.meta.url)))

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: 'string', default: '2' } },
})
const chosen = positionals.length === 0 ? folders : positionals

const packages = { '@stryker-mutator/core': version, '@stryker-mutator/vitest-runner': version }

function installTools() {
  const installed = join(tools, 'node_modules/@stryker-mutator/core/package.json')
  if (existsSync(installed) && JSON.parse(readFileSync(installed, 'utf8')).version === version) return
  process.stdout.write(`installing ${Object.keys(packages).join(' and ')} ${version} into ${tools}\n`)
  mkdirSync(tools, { recursive: true })
  writeFileSync(join(tools, 'package.json'), JSON.stringify({ private: true, dependencies: packages }))
  // Their peer is the vitest of the project, which they find in the node_modules around them.
  execFileSync('npm', ['install', '--prefix', tools, '--legacy-peer-deps', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
  })
}

function options(path) {
  const folder = join('.artefacts/mutation', path.replaceAll(/[\\/]+/g, '-'))
  return {
    mutate: [path.endsWith('.ts') ? path : `${path}/**/*.ts`, '!**/*.test.ts'],
    testRunner: 'vitest',
    plugins: [
      pathToFileURL(join(process.cwd(), tools, 'node_modules/@stryker-mutator/vitest-runner/dist/src/index.js')).href,
    ],
    vitest: { configFile: 'test/mutation/vitest.config.ts' },
    coverageAnalysis: 'perTest',
    concurrency: Number(values.jobs),
    // Nothing of the page, and nothing that was built, is needed to test these folders.
    ignorePatterns: ['/apps/*', '!/apps/monitor', '/demo', '**/dist', '.artefacts', '/data'],
    tempDirName: '.artefacts/mutation-sandbox',
    // TypeScript 7 has no API to read a configuration with, and tests run without one.
    tsconfigFile: 'none',
    disableTypeChecks: false,
    reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
    clearTextReporter: { reportTests: false, reportScoreTable: true, allowColor: false },
    htmlReporter: { fileName: join(folder, 'report.html') },
    jsonReporter: { fileName: join(folder, 'report.json') },
    allowConsoleColors: false,
    timeoutMS: 10_000,
    timeoutFactor: 3,
    cleanTempDir: 'always',
  }
}

const found = ['Killed', 'Timeout']
const missed = ['Survived', 'NoCoverage']

function score(mutants) {
  const count = (statuses) => mutants.filter(({ status }) => statuses.includes(status)).length
  const of = count([...found, ...missed])
  return { found: count(found), timedOut: count(['Timeout']), of, percent: of === 0 ? 100 : (100 * count(found)) / of }
}

installTools()
const { Stryker } = await import(
  pathToFileURL(join(process.cwd(), tools, 'node_modules/@stryker-mutator/core/dist/src/index.js')).href
)
for (const path of chosen) {
  const mutants = await new Stryker(options(path)).runMutationTest()
  const { found, timedOut, of, percent } = score(mutants)
  process.stdout.write(
    `${path}: ${found} of ${of} mutants noticed, ${percent.toFixed(1)} %; ${timedOut} of them by taking too long\n`,
  )
  if (percent < leastScore) process.exitCode = 1
}
