import type { z } from 'zod'
import { secretText } from '../../lib/fields.ts'
import type { Secret } from '../../lib/secret.ts'

/** The setting `key`: an http address. Secret, since who knows a webhook's address may post to it. */
export const address = (key: string): z.ZodType<Secret, unknown> =>
  notEmpty(key).refine(
    (url) => url.reveal() === '' || isHttp(url.reveal()),
    `${key} must start with http:// or https://`,
  )

/** The same for an address with placeholders in it, which make it one only when they are replaced. */
export const notEmpty = (key: string): z.ZodType<Secret, unknown> =>
  secretText().refine((url) => url.reveal() !== '', `${key} not set`)

const isHttp = (text: string) => /^https?:\/\/[^/]/i.test(text) && URL.canParse(text)
