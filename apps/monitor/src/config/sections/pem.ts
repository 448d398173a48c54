import { createSecureContext } from 'node:tls'
import { readBounded } from '../environment.ts'

export interface PemPair {
  readonly certificate: string
  readonly privateKey: string
}

const largestPem = 1024 * 1024

/** Reads a certificate and its key from files, and checks that they belong together. Throws what is wrong with them. */
export function readPemPair(certificateFile: string, privateKeyFile: string): PemPair {
  const certificate = readBounded(certificateFile, largestPem)
  const privateKey = readBounded(privateKeyFile, largestPem)
  createSecureContext({ cert: certificate, key: privateKey })
  return { certificate, privateKey }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
