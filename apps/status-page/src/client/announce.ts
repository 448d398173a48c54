import type { EndpointRow } from '../contract.ts'
import { headline, headlineText } from '../model/headline.ts'
import { say } from '../text/say.ts'
import { speak } from './speak.ts'

const togetherMs = 5_000
const named = 3

let changed = new Map<string, EndpointRow>()
let timer = 0
let sentAt = Number.NEGATIVE_INFINITY

/** Has changes of state read out, at most once in five seconds. Nothing else is ever announced. */
export function announce(changes: readonly EndpointRow[], all: () => readonly EndpointRow[]): void {
  for (const row of changes) changed.set(row.key, row)
  if (changed.size === 0 || timer !== 0) return
  const wait = Math.max(0, sentAt + togetherMs - performance.now())
  timer = window.setTimeout(() => {
    timer = 0
    sentAt = performance.now()
    speak(sentences([...changed.values()], all()))
    changed = new Map()
  }, wait)
}

function sentences(rows: readonly EndpointRow[], all: readonly EndpointRow[]): string {
  const texts = rows
    .slice(0, named)
    .flatMap(({ state, name }) => (state === 'pending' ? [] : [say(`say.${state}`, { name })]))
  if (rows.length > named) texts.push(say('say.more', { n: rows.length - named }))
  const overall = say('say.sentence', { text: headlineText(headline(all)) })
  return texts.includes(overall) ? texts.join(' ') : [...texts, overall].join(' ')
}
