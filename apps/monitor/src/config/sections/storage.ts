import { z } from 'zod'
import type { StorageSettings } from '../../domain/config.ts'
import { duration, flag, integer, text } from '../../lib/fields.ts'
import { didYouMean } from '../../lib/suggest.ts'
import { notSupportedYet } from '../not-yet.ts'
import type { Spot } from '../spot.ts'

const types = ['sqlite', 'memory'] as const

/** A count that must be at least 1. */
const count = (fallback: number) => integer({ fallback }).transform((value) => (value < 1 ? fallback : value))

const retentionSchema = z
  .strictObject({
    'five-minutes': duration({ fallback: '2d' }).describe('How long sums over five minutes are kept.'),
    hours: duration({ fallback: '90d' }).describe('How long sums over an hour are kept.'),
    days: duration({ fallback: '1826d' }).describe('How long sums over a day are kept.'),
  })
  .describe('How long history is kept.')

export const storageSchema = z
  .strictObject({
    type: text({ fallback: 'memory' }).meta({
      enum: types,
      description: '`sqlite` keeps results in a file; `memory` forgets them at a restart.',
    }),
    path: text({ fallback: '' }).describe('The file of `sqlite`.'),
    caching: flag({ fallback: false }).describe('Accepted from Gatus; has no effect, since reads come from memory.'),
    'maximum-number-of-results': count(100).describe('Results kept one by one, per endpoint.'),
    'maximum-number-of-events': count(50).describe('Events kept per endpoint.'),
    retention: retentionSchema.optional(),
  })
  .describe('Where results are kept.')

export function readStorage(spot: Spot): StorageSettings {
  const settings = spot.readSection(storageSchema, ['retention'])
  const retention = spot.at('retention').readSection(retentionSchema)
  for (const [key, ms] of Object.entries(retention)) {
    if (ms < 0) spot.below(['retention', key]).error('must be positive')
  }
  return {
    ...readPlace(spot, settings.type, settings.path),
    maximumNumberOfResults: settings['maximum-number-of-results'],
    maximumNumberOfEvents: settings['maximum-number-of-events'],
    retention: { fiveMinutesMs: retention['five-minutes'], hoursMs: retention.hours, daysMs: retention.days },
  }
}

function readPlace(spot: Spot, type: string, path: string): Pick<StorageSettings, 'type' | 'path'> {
  if (type === 'postgres') {
    spot.at('type').error(`postgres is ${notSupportedYet}`, 'use sqlite, with a path')
  } else if (type === 'sqlite') {
    if (path !== '') return { type, path }
    spot.error('sql storage requires a non-empty path to be defined', 'for example path: data/vedette.db')
  } else if (type === 'memory') {
    if (path === '') return { type, path }
    spot
      .at('path')
      .error(
        'memory storage does not support persistence, use sqlite if you want persistence on file',
        'set type: sqlite',
      )
  } else {
    spot.at('type').error('unknown storage type', didYouMean(type, types) ?? `the types are ${types.join(' and ')}`)
  }
  return { type: 'memory', path: '' }
}
