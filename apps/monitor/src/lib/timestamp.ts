/** RFC 3339 in UTC, with the fraction of a second only as long as it needs to be. */
export const rfc3339 = (at: number) => new Date(at).toISOString().replace(/\.?0+Z$/, 'Z')
