import { expect, test } from 'vitest'
import { vectors } from '../../../../test/support/vectors.ts'
import { pageOf, pageSpan } from './pagination.ts'

interface PaginationVector {
  readonly kind: 'slice' | 'query'
  readonly resultCount: number
  readonly page: number & string
  readonly pageSize: number & string
  readonly maximumNumberOfResults: number
  readonly expectedResults: readonly number[]
  readonly expectedPage: number
  readonly expectedPageSize: number
}

test.each(vectors<PaginationVector>('pagination.json'))('$name', (vector) => {
  if (vector.kind === 'query') {
    const page = pageOf(vector.page ?? undefined, vector.pageSize ?? undefined, vector.maximumNumberOfResults)
    expect(page).toEqual({ page: vector.expectedPage, pageSize: vector.expectedPageSize })
    return
  }
  const { from, to } = pageSpan(vector.resultCount, vector)
  expect(Array.from({ length: to - from }, (_, index) => from + index + 1)).toEqual(vector.expectedResults)
})
