import type { Proxies } from '../alerting/http.ts'

/** The proxies that the environment names, lower-case names first, as other programs have it. */
export const proxiesOf = (env: Readonly<Record<string, string | undefined>>): Proxies => ({
  http: env.http_proxy ?? env.HTTP_PROXY ?? '',
  https: env.https_proxy ?? env.HTTPS_PROXY ?? '',
  none: env.no_proxy ?? env.NO_PROXY ?? '',
})
