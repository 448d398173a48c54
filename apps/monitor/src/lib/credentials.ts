/** A url, valid or not, without the user info before its host. */
export const withoutCredentials = (url: string): string => url.replace(/^([^:/?#]+:[\\/]*)[^/?#\\]*@/, '$1')
