import { expect, test } from 'vitest'
import { Secret } from '../lib/secret.ts'
import { masked, secretsOf } from './mask.ts'

const settings = {
  url: new Secret('https://user:p%40ssword@hooks.example.org/services/T024BE7LD?key=abcd1234efgh'),
  title: 'not a secret',
  headers: { authorization: new Secret('Bearer t0ken-of-ours'), 'x-pin': new Secret('12') },
}

test.each([
  ['the whole address', settings.url.reveal()],
  ['a part of its path', 'no hook T024BE7LD here'],
  ['its query', 'bad key abcd1234efgh'],
  ['its password, decoded', 'wrong password p@ssword'],
  ['its credentials, as they are sent', `Basic ${Buffer.from('user:p@ssword').toString('base64')}`],
  ['a header', 'you sent Bearer t0ken-of-ours'],
  ['a header without its scheme', 'unknown token "t0ken-of-ours"'],
])('removes %s', (_, text) => {
  const safe = masked(text, secretsOf(settings))

  expect(safe).toContain('<redacted>')
  for (const secret of ['T024BE7LD', 'abcd1234efgh', 'p@ssword', 'p%40ssword', 't0ken'])
    expect(safe).not.toContain(secret)
})

test('removes secrets however a server spells them', () => {
  const secrets = secretsOf(new Secret('a "b"/ü'))

  for (const text of ['a "b"/ü', 'a \\"b\\"/ü', 'a%20%22b%22%2F%C3%BC']) {
    expect(masked(`(${text})`, secrets)).toBe('(<redacted>)')
  }
})

test('leaves alone what is no secret, and what is too short to be one', () => {
  expect(masked('not a secret: 12', secretsOf(settings))).toBe('not a secret: 12')
})
