/** A page of results: 1 is the newest. */
export interface Page {
  readonly page: number
  readonly pageSize: number
}

const defaultPageSize = 50

const wholeNumber = (text: string | undefined) =>
  text !== undefined && /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined

/**
 * The page that the query parameters ask for; what makes no sense is replaced by the default. The newest page holds at
 * most `maximum` results, and no page can hold more than there are.
 */
export function pageOf(page: string | undefined, pageSize: string | undefined, maximum: number): Page {
  const asked = wholeNumber(page) ?? 1
  const size = wholeNumber(pageSize) ?? defaultPageSize
  const number = Math.max(asked, 1)
  if (number === 1 && size > maximum) return { page: number, pageSize: maximum }
  return { page: number, pageSize: size < 1 ? defaultPageSize : size }
}

/** Where in a list of `length`, oldest first, the page lies: from `from` up to, not including, `to`. */
export function pageSpan(length: number, { page, pageSize }: Page): { readonly from: number; readonly to: number } {
  if (page < 1 || pageSize < 1) return { from: 0, to: 0 }
  const to = Math.max(length - (page - 1) * pageSize, 0)
  return { from: Math.max(to - pageSize, 0), to }
}
