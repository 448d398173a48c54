import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { catalogues, textsIn } from './catalogues.ts'
import { isInPart } from './client-parts.ts'
import { languages } from './languages.ts'
import { choicesOf, closing, type Texts } from './say.ts'

interface Placeholder {
  readonly name: string
  readonly kind: string
  /** Words of the choices, each with its text. */
  readonly choices: ReadonlyMap<string, string>
}

/** All placeholders of a text, with those inside of choices. */
function placeholdersOf(text: string): Placeholder[] {
  const found: Placeholder[] = []
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open)) {
    const end = closing(text, open)
    const [name = '', kind = '', ...forms] = text.slice(open + 1, end).split(',')
    const choices = choicesOf(forms.join(','))
    found.push({ name: name.trim(), kind: kind.trim(), choices })
    for (const choice of choices.values()) found.push(...placeholdersOf(choice))
    open = end
  }
  return found
}

const namesIn = (text: string): string[] => [...new Set(placeholdersOf(text).map(({ name }) => name))].sort()

const sorted = (texts: Texts): [string, string][] => Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1))

describe.each(languages.map(({ code }) => code))('the catalogue of %s', (code) => {
  const own = catalogues[code]

  test('has every text, and none that English does not have', () => {
    expect(Object.keys(own).sort()).toEqual(Object.keys(catalogues.en).sort())
  })

  test('has the placeholders of English', () => {
    const names = (texts: Texts) => Object.fromEntries(sorted(texts).map(([key, text]) => [key, namesIn(text)]))

    expect(names(own)).toEqual(names(catalogues.en))
  })

  test('has a form for each kind of number that the language knows, and no other', () => {
    const known = new Intl.PluralRules(code).resolvedOptions().pluralCategories
    const wrong = sorted(own).filter(([, text]) =>
      placeholdersOf(text).some(
        ({ kind, choices }) =>
          kind === 'plural' && [...choices.keys()].sort().join() !== [...new Set([...known, 'other'])].sort().join(),
      ),
    )

    expect(wrong).toEqual([])
  })

  test('has nothing but placeholders, plurals and selections in its braces', () => {
    const kinds = new Set(sorted(own).flatMap(([, text]) => placeholdersOf(text).map(({ kind }) => kind)))

    for (const kind of kinds) expect(['', 'plural', 'select']).toContain(kind)
    for (const [key, text] of sorted(own)) {
      expect([key, text.split('{').length]).toEqual([key, text.split('}').length])
    }
  })
})

test('the pseudo-locale is longer, accented and in brackets, with its placeholders intact', () => {
  const pseudo = textsIn('en-XA')

  expect(pseudo['nav.history']).toBe('[Hîštöryyyy]'.replaceAll('y', 'ý'))
  expect(pseudo['time.since']).toBe('[šîñçééé {time}]')
  expect(pseudo['group.count']).toBe('[{n, plural, one {# éñdpöîñttttt} other {# éñdpöîñtššššš}}]')
  expect(pseudo.none).toBe('–')
})

test('texts that a browser may say are among those it gets', () => {
  const keys = new Set(Object.keys(catalogues.en))
  const texts = [...modulesFrom('../client/boot.ts')].map((file) => readFileSync(file, 'utf8')).join('\n')
  const said = [...texts.matchAll(/'([\w.]+)'/g)].flatMap(([, text = '']) => (keys.has(text) ? [text] : []))
  const families = [...texts.matchAll(/`([\w.]+\.)\$\{/g)].map(([, start = '']) => start)
  const made = [...keys].filter((key) => families.some((family) => key.startsWith(family)))

  const parts = ['start', 'soon', 'live'] as const
  const missing = [...new Set([...said, ...made])].filter((key) => !parts.some((part) => isInPart(key, part)))

  expect(missing.filter((key) => !neverLive.test(key))).toEqual([])
})

/** In modules that the browser has too, but said by the server alone, or equal to a word that is no text. */
const neverLive =
  /^((tools|filter|sort|view|share|copy)\b.*|list|operator|empty\.title|empty\.help|live\.connecting|summary|crumbs|nav\.status)$/

/** A module and all that it imports, however. */
function modulesFrom(entry: string): Set<string> {
  const seen = new Set<string>()
  const pending = [fileURLToPath(new URL(entry, import.meta.url))]
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+\.tsx?)'/g)) {
      pending.push(join(dirname(file), path))
    }
  }
  return seen
}

test('every file is the catalogue of a language', () => {
  const files = readdirSync(new URL('./catalogues/', import.meta.url))

  expect(files.sort()).toEqual(languages.map(({ code }) => `${code}.json`).sort())
})
