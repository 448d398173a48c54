import type { EndpointRow } from '../contract.ts'
import type { RowPlace } from './Row.tsx'

/** Rows as HTML, kept by whoever knows when they change. */
export type RowsHtml = (rows: readonly EndpointRow[], place: RowPlace | 'wall') => string
