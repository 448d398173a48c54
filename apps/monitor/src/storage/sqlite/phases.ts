import type { Phases } from '../../domain/observation.ts'

const names = ['dnsMs', 'connectMs', 'tlsMs', 'firstByteMs', 'downloadMs'] as const

const bytesEach = 4

const longestUs = 2 ** (8 * bytesEach) - 1

/** Phases as bytes: which are there (one bit each), then microseconds of each, capped at 71 minutes. */
export function encodePhases(phases: Phases): Buffer {
  const present = names.filter((name) => phases[name] !== undefined)
  const bytes = Buffer.allocUnsafe(1 + present.length * bytesEach)
  let bits = 0
  let position = 1
  for (const name of present) {
    bits |= 1 << names.indexOf(name)
    const us = Math.round((phases[name] ?? 0) * 1000)
    position = bytes.writeUInt32LE(Math.min(Math.max(us, 0), longestUs), position)
  }
  bytes[0] = bits
  return bytes
}

export function decodePhases(bytes: Buffer): Phases {
  const phases: { -readonly [name in keyof Phases]: number } = {}
  let position = 1
  for (const [bit, name] of names.entries()) {
    if (((bytes[0] ?? 0) & (1 << bit)) === 0) continue
    phases[name] = bytes.readUInt32LE(position) / 1000
    position += bytesEach
  }
  return phases
}
