import { z } from 'zod'
import { duration, flag } from '../../lib/fields.ts'

/** The `client` section of a provider: how its requests are made. */
export const client = () =>
  z
    .object({
      insecure: flag().optional().describe('Accept any certificate.'),
      timeout: duration().optional().describe('Bounds one attempt.'),
      'ignore-redirect': flag().optional().describe('Take a redirect as the answer instead of following it.'),
    })
    .optional()

export type ClientOptions = NonNullable<z.output<ReturnType<typeof client>>>
