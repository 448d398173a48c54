import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** Parts of DER: https://www.itu.int/rec/T-REC-X.690 */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, 0x80 + bytes.length, ...bytes]), content])
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts)
const set = (...parts: readonly Uint8Array[]) => der(0x31, ...parts)
const text = (value: string) => der(0x0c, Buffer.from(value))
const octets = (content: Uint8Array) => der(0x04, content)
const bits = (content: Uint8Array) => der(0x03, Buffer.from([0]), content)
const identifier = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))

/** A positive number of any length. */
function integer(hex: string): Buffer {
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return der(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
}

const generalizedTime = (at: number) =>
  der(0x18, Buffer.from(`${new Date(at).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`))

// 1.2.840.10045.4.3.2
const ecdsaWithSha256 = () => sequence(identifier('2a8648ce3d040302'))
// 2.5.4.3
const commonName = (name: string) => sequence(set(sequence(identifier('550403'), text(name))))
// Only 2.5.29.17, the alternative names: one DNS name.
const extensions = (host: string) =>
  sequence(sequence(identifier('551d11'), octets(sequence(der(0x82, Buffer.from(host, 'ascii'))))))

const pem = (label: string, content: Buffer) =>
  [
    `-----BEGIN ${label}-----`,
    ...(content.toString('base64').match(/.{1,64}/g) ?? []),
    `-----END ${label}-----`,
    '',
  ].join('\n')

/** A key for certificates of one server. */
export const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })

/**
 * A certificate of one host, signed by itself, as PEM text; from `startAt` to `endAt`, both whole seconds.
 * https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function certificateOf(
  host: string,
  { publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  { startAt, endAt, serial }: { readonly startAt: number; readonly endAt: number; readonly serial: number },
): string {
  const content = sequence(
    der(0xa0, integer('02')),
    integer((serial + 1).toString(16)),
    ecdsaWithSha256(),
    commonName(host),
    sequence(generalizedTime(startAt), generalizedTime(endAt)),
    commonName(host),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions(host)),
  )
  return pem('CERTIFICATE', sequence(content, ecdsaWithSha256(), bits(sign('sha256', content, privateKey))))
}
