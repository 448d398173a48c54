import type { CheckTarget } from '../../domain/endpoint.ts'
import { withoutCredentials } from '../../lib/credentials.ts'
import { hostnameOf, portOf } from './hostname.ts'

const redacted = '<redacted>'

/** What an endpoint lets out of its errors. */
export function createRedact(target: CheckTarget): (errors: readonly string[]) => readonly string[] {
  const { hideErrors, hideUrl, hideHostname, hidePort } = target.display
  if (hideErrors) return () => []
  const hidden: string[] = []
  if (hideUrl) hidden.push(target.url, withoutCredentials(target.url))
  if (hideHostname) hidden.push(hostnameOf(target))
  if (hidePort) hidden.push(portOf(target) ?? '')
  const texts = hidden.filter((text) => text !== '')
  if (texts.length === 0) return (errors) => errors
  return (errors) => errors.map((error) => texts.reduce((text, secret) => text.replaceAll(secret, redacted), error))
}
