/** Selects the row or the tile of an endpoint. */
export const itemOf = (key: string): string => `li:has(a[href*="/endpoints/${key}"])`
