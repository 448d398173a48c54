import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchesPattern } from './index.ts'

/** Go's description of patterns, word for word in code: slow, and without any thought for the next reader but that. */
function reference(pattern: string, text: string): boolean {
  const [p, t] = [[...pattern.replaceAll('/', '')], [...text.replaceAll('/', '')]]
  const classAt = (start: number) => {
    let i = start
    const next = () => {
      const char = p[i++]
      if (char === undefined || char === '-' || char === ']') throw new SyntaxError(pattern)
      const quoted = char === '\\' ? p[i++] : char
      if (quoted === undefined) throw new SyntaxError(pattern)
      return quoted.codePointAt(0) ?? 0
    }
    const negated = p[i] === '^'
    if (negated) i++
    const ranges: [number, number][] = []
    do {
      const from = next()
      if (p[i] === '-') i++
      else {
        ranges.push([from, from])
        continue
      }
      ranges.push([from, next()])
    } while (p[i] !== ']')
    return { end: i + 1, has: (code: number) => ranges.some(([from, to]) => from <= code && code <= to) !== negated }
  }
  const from = (i: number, j: number): boolean => {
    const char = p[i]
    if (char === undefined) return j === t.length
    if (char === '*') return Array.from({ length: t.length - j + 1 }, (_, k) => from(i + 1, j + k)).some(Boolean)
    const subject = t[j]
    if (char === '?') return from(i + 1, j + 1) && subject !== undefined
    if (char === '[') {
      const { end, has } = classAt(i + 1)
      return from(end, j + 1) && subject !== undefined && has(subject.codePointAt(0) ?? 0)
    }
    const literal = char === '\\' ? p[i + 1] : char
    if (literal === undefined) throw new SyntaxError(pattern)
    return from(i + (char === '\\' ? 2 : 1), j + 1) && subject === literal
  }
  try {
    return from(0, 0)
  } catch {
    return false
  }
}

test('patterns agree with a plain reading of their definition', () => {
  const patterns = fc.oneof(
    fc.stringMatching(/^[ab*?[\]\-^\\/😀]{0,7}$/u),
    fc
      .array(fc.constantFrom('a', 'b', '*', '*', '?', '[a]', '[^a]', '[a-b]', '\\*', '😀'), { maxLength: 7 })
      .map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(patterns, fc.stringMatching(/^[ab*[\]\-/😀]{0,7}$/u), (pattern, text) => {
      expect(matchesPattern(pattern, text)).toBe(reference(pattern, text))
    }),
    { numRuns: 5_000 },
  )
})
