import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../apps/monitor/bin/vedette.js', import.meta.url))

/** What is measured: this monitor, as `npm start` runs it ... */
export const vedette = {
  name: 'Vedette',
  own: true,
  command: [program],
  settings: {},
}

/** ... or any other that reads a Gatus configuration; `settings` are put at the top of it. */
export const peerOf = (command, settings) => ({ name: 'peer', own: false, command, settings })
