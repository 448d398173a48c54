import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { factNames } from './facts.ts'
import {
  ConditionError,
  conditionWarnings,
  createFacts,
  evaluate,
  explain,
  type Facts,
  parseCondition,
} from './index.ts'
import { operators } from './lex.ts'

const guide = readFileSync(new URL('../../../docs/conditions.md', import.meta.url), 'utf8')

const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block)

const listed = blocks('condition').flatMap((block) => block.trim().split('\n'))
const inYaml = blocks('yaml').flatMap((block) => [...block.matchAll(/^ *- "(.*)"$/gm)].map(([, source = '']) => source))
const shown = [...guide.matchAll(/^\| `(.+)` \| (\w+) `(.+)` \| `(.+)` \|$/gm)].map(
  ([, condition = '', name = '', value = '', text = '']) => ({ condition, name, value, text }),
)

const facts = (name: string, value: string): Facts => {
  if (name === 'status') return { status: Number(value) }
  if (name === 'time') return { responseTimeMs: Number(value) }
  return name === 'certificate' ? { certificateExpirationMs: Number(value) } : { body: value }
}

describe('the guide to conditions', () => {
  test('has examples', () => {
    expect(listed.length).toBeGreaterThan(20)
    expect(inYaml.length).toBeGreaterThan(4)
    expect(shown.length).toBeGreaterThan(7)
  })

  test.each([...listed, ...inYaml])('%s is a condition without slips', (source) => {
    expect(conditionWarnings(parseCondition(source))).toEqual([])
  })

  test.each(shown)('$condition with $name $value is shown as $text', ({ condition, name, value, text }) => {
    expect(evaluate(parseCondition(condition), createFacts(facts(name, value))).condition).toBe(text)
  })

  test.each(blocks('text'))('explains a mistake as it is explained', (block) => {
    const [, source = ''] = block.split('\n')

    let explanation = ''
    try {
      parseCondition(source.trim())
    } catch (error) {
      if (error instanceof ConditionError) explanation = explain(error)
    }

    expect(`${explanation}\n`).toBe(block)
  })

  test('names every placeholder and every operator', () => {
    for (const name of factNames) expect(guide).toContain(`| \`[${name}]\` |`)
    for (const operator of operators) expect(guide).toContain(`\`${operator}\``)
  })
})
