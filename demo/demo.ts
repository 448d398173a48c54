import { parseArgs } from 'node:util'
import { startDemo } from './start.ts'

const usage = `npm run demo -- [--endpoints N] [--port P] [--fresh] [--seed S]

  --endpoints N   how many to watch, 1 to 10000 (60)
  --port P        port of the page (8080, or any free one)
  --fresh         begin without a past
  --seed S        another number, another past (7)
`

function wholeNumber(name: string, value: string | undefined, from: number, to: number): number | undefined {
  if (value === undefined) return undefined
  const number = Number(value)
  if (Number.isInteger(number) && number >= from && number <= to) return number
  throw new Error(`--${name} ${value}: it must be a whole number from ${from} to ${to}\n\n${usage}`)
}

const options = {
  endpoints: { type: 'string' },
  port: { type: 'string' },
  seed: { type: 'string' },
  fresh: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

const say = (text: string) => void process.stdout.write(`${text}\n`)

/** Runs until it is told to stop, or until the monitor ends. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options })
  if (values.help) return say(usage)
  const endpoints = wholeNumber('endpoints', values.endpoints, 1, 10_000) ?? 60
  const stopped = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(undefined))
  })
  const starting = startDemo({
    endpoints,
    port: wholeNumber('port', values.port, 1, 65_535),
    seed: wholeNumber('seed', values.seed, 0, 2 ** 31) ?? 7,
    fresh: values.fresh,
    print: (line) => say(`  ${new Date().toTimeString().slice(0, 8)}${line}`),
    root: new URL('../..', import.meta.url),
  })
  const demo = await Promise.race([starting, stopped])
  // Half started: what there is, is cleaned up on the way out.
  if (demo === undefined) process.exit()

  const past = values.fresh ? 'no past' : 'three months of history'
  say(`\n${endpoints} endpoints with ${past}, ready after ${(performance.now() / 1_000).toFixed(1)} s\n`)
  say(`  the page            ${demo.url}`)
  say(`  the configuration   ${demo.configPath} (read again when it changes)\n`)
  say('Notices arrive below. Ctrl-C stops everything and removes the folder.\n')

  const lastWords = await Promise.race([stopped, demo.ended])
  await demo.close()
  if (lastWords === undefined) return
  process.stderr.write(`the monitor ended:\n${lastWords}\n`)
  process.exitCode = 1
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
