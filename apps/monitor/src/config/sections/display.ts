import { z } from 'zod'
import type { EndpointDisplay } from '../../domain/endpoint.ts'
import { flag, integer } from '../../lib/fields.ts'
import type { Spot } from '../spot.ts'

const defaultThresholds = [50, 200, 300, 500, 750]

const hide = (what: string) => flag({ fallback: false }).describe(what)

export const displaySchema = z
  .strictObject({
    'hide-conditions': hide('Keep condition results to yourself.'),
    'hide-hostname': hide('Keep the host name to yourself, in errors too.'),
    'hide-url': hide('Keep the url to yourself, in errors too.'),
    'hide-port': hide('Keep the port to yourself, in errors too.'),
    'hide-errors': hide('Keep errors to yourself.'),
    'dont-resolve-failed-conditions': hide('Show failed conditions as they are written, without the values met.'),
    'resolve-successful-conditions': hide('Show the values met in successful conditions too.'),
    badge: z
      .strictObject({
        'response-time': z
          .strictObject({
            thresholds: z
              .array(integer())
              .prefault(defaultThresholds)
              .describe('Five upper bounds in milliseconds, ascending: where the colour of the badge changes.'),
          })
          .optional(),
      })
      .optional(),
  })
  .describe('What of the results is shown.')

export function readDisplay(spot: Spot, fail: string): EndpointDisplay {
  const settings = spot.readSection(displaySchema)
  const thresholds = settings.badge?.['response-time']?.thresholds ?? defaultThresholds
  const ascending = thresholds.every((bound, index) => bound >= (thresholds[index - 1] ?? Number.NEGATIVE_INFINITY))
  if (thresholds.length !== defaultThresholds.length || !ascending) {
    const spotOfList = spot.below(['badge', 'response-time', 'thresholds'])
    spotOfList.error(
      `${fail}invalid response time badge configuration: expected parameter 'response-time' to have 5 ascending numerical values`,
      `for example [${defaultThresholds.join(', ')}]`,
    )
  }
  return {
    hideConditions: settings['hide-conditions'],
    hideHostname: settings['hide-hostname'],
    hideUrl: settings['hide-url'],
    hidePort: settings['hide-port'],
    hideErrors: settings['hide-errors'],
    dontResolveFailedConditions: settings['dont-resolve-failed-conditions'],
    resolveSuccessfulConditions: settings['resolve-successful-conditions'],
    badgeThresholds: thresholds,
  }
}
