import { Counter, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { type Family, familiesText, labelsText } from './exposition.ts'

interface Shop {
  readonly labels: Readonly<Record<string, string>>
  readonly sold: number
}

const sales: Family<Shop> = {
  name: 'sales_total',
  help: 'What was sold',
  type: 'counter',
  write: ({ sold }, sample) => sample(sold, labelsText({ paid: 'yes' })),
}

const textOf = (shops: readonly Shop[], families = [sales]) =>
  familiesText(
    families,
    () => shops,
    ({ labels }) => labelsText(labels),
  )

test('writes what the client library of Prometheus writes', async () => {
  const registry = new Registry()
  const counter = new Counter({ ...sales, labelNames: ['name', 'town', 'paid'], registers: [registry] })
  const shops = [
    { labels: { name: 'a "b" \\ c\nd', town: '' }, sold: 3 },
    { labels: { name: 'Bäcker', town: '{x}' }, sold: 0.25 },
  ]
  for (const { labels, sold } of shops) counter.inc({ ...labels, paid: 'yes' }, sold)

  const text = await textOf(shops)

  expect(text).toBe(await registry.metrics())
})

test('gives everything else its turn between thousands of lines', async () => {
  const shops = Array.from({ length: 10_000 }, (_, index) => ({ labels: { name: `shop ${index}` }, sold: 1 }))
  let turns = 0
  const count = () => {
    turns += 1
    counting = setImmediate(count)
  }
  let counting = setImmediate(count)

  const text = await textOf(shops)
  clearImmediate(counting)

  expect(text.split('\n')).toHaveLength(10_003)
  expect(turns).toBeGreaterThanOrEqual(5)
})
