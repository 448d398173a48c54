import { z } from 'zod'
import type { WebSettings } from '../../domain/config.ts'
import { integer, text } from '../../lib/fields.ts'
import type { Spot } from '../spot.ts'
import type { PemPair } from './pem.ts'
import { messageOf, readPemPair } from './pem.ts'

const leastBufferSize = 4096

export const webSchema = z
  .strictObject({
    address: text({ fallback: '0.0.0.0' }).describe('Address to listen on.'),
    port: integer({ fallback: 8080 }).describe('Port to listen on.'),
    'base-path': text({ fallback: '' }).describe('Path such as /status under which everything is served.'),
    'read-buffer-size': integer({ fallback: 8192 }).describe('Largest request header in bytes, at least 4096.'),
    tls: z
      .strictObject({
        'certificate-file': text({ fallback: '' }).describe('PEM file with the certificate.'),
        'private-key-file': text({ fallback: '' }).describe('PEM file with its key.'),
      })
      .optional()
      .describe('Serve HTTPS.'),
  })
  .describe('Where the page and the API are served.')

export function readWeb(spot: Spot): WebSettings {
  const settings = spot.readSection(webSchema)
  const { address, port, tls } = settings
  if (port < 0 || port > 65_535) spot.at('port').error('invalid port: value should be between 0 and 65535')
  const pair = tls && readTls(spot.at('tls'), tls['certificate-file'], tls['private-key-file'])
  return {
    address,
    port,
    basePath: basePathOf(spot.at('base-path'), settings['base-path']),
    readBufferSize: Math.max(settings['read-buffer-size'], leastBufferSize),
    ...(pair !== undefined && { tls: pair }),
  }
}

function basePathOf(spot: Spot, path: string): string {
  const trimmed = path.replace(/^\/+|\/+$/g, '')
  if (trimmed === '') return ''
  // What a browser would escape, or resolve away, would not match the requests it sends.
  const parts = trimmed.split('/')
  if (!parts.every((part) => /^[\w.~-]+$/.test(part) && part !== '.' && part !== '..')) {
    spot.error('invalid base path: must be a path of letters, digits, -, _, . and ~', 'for example /status')
  }
  return `/${trimmed}`
}

function readTls(spot: Spot, certificateFile: string, privateKeyFile: string): PemPair | undefined {
  if (certificateFile === '' || privateKeyFile === '') {
    spot.error('invalid tls config: certificate-file and private-key-file must be specified')
    return undefined
  }
  try {
    return readPemPair(certificateFile, privateKeyFile)
  } catch (error) {
    spot.error(`invalid tls config: ${messageOf(error)}`)
    return undefined
  }
}
