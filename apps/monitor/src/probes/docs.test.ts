import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseConfig } from '../config/load.ts'
import { probeTypes } from './index.ts'

const guide = readFileSync(new URL('../../../../docs/probes.md', import.meta.url), 'utf8')
const examples = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text)

/** Files that an example names but nobody has. */
const withoutFiles = (text: string) => text.replace(/ {6}tls:\n(?: {8}.*\n)+/, '')

test.each(examples)('loads without a warning:\n%s', (text) => {
  const { warnings } = parseConfig([{ file: 'config.yaml', text: withoutFiles(text) }], { API_TOKEN: 'x' })

  expect(warnings).toEqual([])
})

test('names every scheme', () => {
  for (const scheme of probeTypes.flatMap(({ schemes }) => schemes)) expect(guide).toContain(`\`${scheme}//\``)
})
