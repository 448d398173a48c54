import type { LookupAddress } from 'node:dns'
import { expect, test } from 'vitest'
import { createNameLookup, firstAddress } from './name-lookup.ts'

type Done = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void

function system() {
  const asked: { hostname: string; done: Done }[] = []
  const lookup = createNameLookup((hostname, _options, done) => void asked.push({ hostname, done }))
  return { asked, addressOf: firstAddress(lookup) }
}

test('asks once for all who wait for the same name, and again afterwards', async () => {
  const { asked, addressOf } = system()

  const waiting = [addressOf('a'), addressOf('a'), addressOf('b')]
  for (const { hostname, done } of [...asked]) done(null, [{ address: `1.1.1.${hostname === 'a' ? 1 : 2}`, family: 4 }])
  const addresses = await Promise.all(waiting)
  void addressOf('a')

  expect(addresses).toEqual(['1.1.1.1', '1.1.1.1', '1.1.1.2'])
  expect(asked.map(({ hostname }) => hostname)).toEqual(['a', 'b', 'a'])
})

test('tells all who wait of a failure', async () => {
  const { asked, addressOf } = system()

  const waiting = [addressOf('a'), addressOf('a')]
  asked[0]?.done(Object.assign(new Error('x'), { code: 'ENOTFOUND' }), [])

  await Promise.all(waiting.map((one) => expect(one).rejects.toMatchObject({ code: 'ENOTFOUND' })))
})

test('calls no address at all a failure', async () => {
  const { asked, addressOf } = system()

  const waiting = addressOf('a')
  asked[0]?.done(null, [])

  await expect(waiting).rejects.toMatchObject({ code: 'ENODATA' })
})
