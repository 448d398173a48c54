import { readdirSync, readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { holdStatements } from './connection.ts'

test('prepares a statement once, however often it is asked for', () => {
  const client = holdStatements(new Sqlite(':memory:'))

  expect(client.prepare('select 1 as one')).toBe(client.prepare('select 1 as one'))
  expect(client.prepare('select 1 as one').raw().all()).toEqual([[1]])
  expect(client.prepare('select 1 as one').all()).toEqual([{ one: 1 }])
})

test('no file of the store asks the driver for statements and iterators that nobody holds', () => {
  const folder = new URL('./', import.meta.url)
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))

  const careless = sources.filter((name) => /\.(pragma|iterate)\(/.test(readFileSync(new URL(name, folder), 'utf8')))

  expect(careless).toEqual([])
})
