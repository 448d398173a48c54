import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { certificateOf, newKey } from './certificate.ts'

const startAt = Date.UTC(2026, 7, 1)
const endAt = Date.UTC(2026, 10, 30, 9, 41, 5)

test('a certificate names its host, ends when it should, and is signed with its own key', () => {
  const key = newKey()

  const certificate = new X509Certificate(certificateOf('shop.acme.example', key, { startAt, endAt, serial: 7 }))

  expect(certificate.checkHost('shop.acme.example')).toBe('shop.acme.example')
  expect(certificate.checkHost('other.acme.example')).toBeUndefined()
  expect(Date.parse(certificate.validFrom)).toBe(startAt)
  expect(Date.parse(certificate.validTo)).toBe(endAt)
  expect(certificate.verify(key.publicKey)).toBe(true)
})

test('any serial number stays positive', () => {
  const key = newKey()

  const serials = [0, 0x7f, 0x80, 0xffff, 2 ** 31].map(
    (serial) => new X509Certificate(certificateOf('a.acme.example', key, { startAt, endAt, serial: serial - 1 })),
  )

  expect(serials.map(({ serialNumber }) => Number.parseInt(serialNumber, 16))).toEqual([0, 0x7f, 0x80, 0xffff, 2 ** 31])
})
