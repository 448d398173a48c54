import { z } from 'zod'
import type { ClientSettings } from '../../domain/endpoint.ts'
import { duration, flag, text } from '../../lib/fields.ts'
import type { NotYet } from '../not-yet.ts'
import { reportNotYet } from '../not-yet.ts'
import type { Spot } from '../spot.ts'
import type { PemPair } from './pem.ts'
import { messageOf, readPemPair } from './pem.ts'

const defaultTimeoutMs = 10_000

export const clientSchema = z
  .strictObject({
    timeout: duration()
      .transform((ms) => (ms < 1 ? defaultTimeoutMs : ms))
      .prefault('10s')
      .describe('Bounds one check as a whole.'),
    insecure: flag({ fallback: false }).describe('Accept any certificate.'),
    'ignore-redirect': flag({ fallback: false }).describe('Take a redirect as the answer instead of following it.'),
    tls: z
      .strictObject({
        'certificate-file': text({ fallback: '' }).describe('PEM file with the client certificate.'),
        'private-key-file': text({ fallback: '' }).describe('PEM file with the key of the client certificate.'),
        renegotiation: text({ fallback: 'never' }).describe('Accepted from Gatus; has no effect.'),
      })
      .optional()
      .describe('Client certificate.'),
  })
  .describe('How the endpoint is reached.')

const notYet: NotYet = {
  network: 'warning',
  'store-cookies': 'warning',
  'proxy-url': 'error',
  'dns-resolver': 'error',
  oauth2: 'error',
  'identity-aware-proxy': 'error',
  tunnel: 'error',
}

/** Client certificates that were read: thousands of endpoints may share one. */
export type PemPairs = Map<string, PemPair | { readonly problem: string }>

export function readClient(spot: Spot, fail: string, pairs: PemPairs): ClientSettings {
  reportNotYet(spot, notYet)
  const {
    timeout,
    insecure,
    'ignore-redirect': ignoreRedirect,
    tls,
  } = spot.readSection(clientSchema, Object.keys(notYet))
  const pair = tls === undefined ? undefined : readTls(spot.at('tls'), tls, fail, pairs)
  return { timeoutMs: timeout, insecure, ignoreRedirect, ...(pair !== undefined && { tls: pair }) }
}

type TlsFiles = NonNullable<z.output<typeof clientSchema>['tls']>

function readTls(spot: Spot, files: TlsFiles, fail: string, pairs: PemPairs): PemPair | undefined {
  const { 'certificate-file': certificateFile, 'private-key-file': privateKeyFile } = files
  if (certificateFile === '' && privateKeyFile === '') return undefined
  if (certificateFile === '' || privateKeyFile === '') {
    const missing = certificateFile === '' ? 'certificate-file' : 'private-key-file'
    spot.warn(`without ${missing} this has no effect`, `set ${missing} too`)
    return undefined
  }
  const id = JSON.stringify([certificateFile, privateKeyFile])
  let pair = pairs.get(id)
  if (pair === undefined) {
    try {
      pair = readPemPair(certificateFile, privateKeyFile)
    } catch (error) {
      pair = { problem: messageOf(error) }
    }
    pairs.set(id, pair)
  }
  if (!('problem' in pair)) return pair
  spot.error(`${fail}${pair.problem}`)
  return undefined
}
