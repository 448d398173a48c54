import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../load.ts'

const fileOf = (name: string) =>
  fileURLToPath(new URL(`../../../../../test/fixtures/certificates/${name}`, import.meta.url))

const pair = (certificate: string, key: string) => ({
  'certificate-file': fileOf(certificate),
  'private-key-file': fileOf(key),
})

/** JSON is YAML. */
function load({ web, client }: { web?: unknown; client?: unknown }) {
  const endpoint = { name: 'a', url: 'https://example.org', conditions: ['[STATUS] == 200'], client }
  return parseConfig(
    [{ file: 'config.yaml', text: JSON.stringify({ web, endpoints: [endpoint, { ...endpoint, name: 'b' }] }) }],
    {},
  )
}

const pem = {
  certificate: readFileSync(fileOf('client.pem'), 'utf8'),
  privateKey: readFileSync(fileOf('client.key.pem'), 'utf8'),
}

test('the certificate of a client is read as text', () => {
  const { config, warnings } = load({ client: { tls: pair('client.pem', 'client.key.pem') } })

  expect(warnings).toEqual([])
  expect(config.endpoints.map(({ client }) => client.tls)).toEqual([pem, pem])
})

test('so is the one of the server', () => {
  expect(load({ web: { tls: pair('client.pem', 'client.key.pem') } }).config.web.tls).toEqual(pem)
})

test('half a pair has no effect in a client, with a warning, and is an error in the server', () => {
  const half = { 'certificate-file': fileOf('client.pem') }

  const { config, warnings } = load({ client: { tls: half } })

  expect(config.endpoints[0]?.client.tls).toBeUndefined()
  expect(warnings.map(({ path }) => path)).toEqual(['endpoints[0].client.tls', 'endpoints[1].client.tls'])
  expect(() => load({ web: { tls: half } })).toThrow(/invalid tls config: certificate-file and private-key-file must/)
})

describe.each([
  ['that does not belong to the key', pair('client.pem', 'server.key.pem'), /mismatch/],
  ['that is none', pair('make.sh', 'client.key.pem'), /no start line/i],
  ['that is not there', pair('nothing.pem', 'client.key.pem'), /ENOENT/],
  ['without end', { ...pair('client.pem', 'client.key.pem'), 'certificate-file': '/dev/zero' }, /larger than 1 MiB/],
])('a certificate %s', (_, files, reason) => {
  test('is an error', () => {
    expect(() => load({ client: { tls: files } })).toThrow(reason)
    expect(() => load({ web: { tls: files } })).toThrow(reason)
  })
})
