import type { Visit } from '../site.ts'
import { type Language, languages } from '../text/languages.ts'
import { say } from '../text/say.ts'

/** The same page in each other language. Works without a script: the server keeps what the address asks for. */
export function LanguageLinks({ visit }: { visit: Visit }) {
  const others = languages.filter(({ code }) => code !== (visit.language ?? 'en'))
  return (
    <nav class="languages" aria-label={say('settings.language')}>
      {others.map(({ code, name }) => (
        <a key={code} href={addressIn(code, visit.query)} lang={code}>
          {name}
        </a>
      ))}
    </nav>
  )
}

function addressIn(language: Language, query: URLSearchParams): string {
  const params = new URLSearchParams(query)
  params.set('lang', language)
  return `?${params}`
}
