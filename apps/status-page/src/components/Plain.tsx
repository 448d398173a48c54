import type { EndpointRow } from '../contract.ts'
import { directionOf, type Language } from '../text/languages.ts'
import { say } from '../text/say.ts'
import type { Frame } from './frame.ts'
import { StateIcon } from './icons.tsx'
import { SearchForm } from './Overview.tsx'

/** No endpoint has this key; these are the nearest. */
export function NotFound({ closest, frame }: { closest: readonly EndpointRow[]; frame: Frame }) {
  return (
    <section class="lost">
      <h1>{say('notFound.title')}</h1>
      <p class="meta">{say('notFound.text')}</p>
      {closest.length > 0 && (
        <>
          <h2>{say('notFound.closest')}</h2>
          <ul class="card">
            {closest.map((row) => (
              <li key={row.key}>
                <StateIcon state={row.state} stale={row.stale} />
                <a href={frame.links.endpoint(row.key)}>
                  <bdi>{row.name}</bdi>
                </a>
                {row.group !== '' && <bdi class="sub">{row.group}</bdi>}
              </li>
            ))}
          </ul>
        </>
      )}
      <SearchForm frame={frame} />
      <p>
        <a href={frame.links.home()}>{say('notFound.home')}</a>
      </p>
    </section>
  )
}

/** The whole document of a failure: nothing it needs can fail too. */
export function Failure({ css, language }: { css: string; language: Language }) {
  return (
    <html lang={language} dir={directionOf(language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="30" />
        <title>{say('failure.title')}</title>
        <style dangerouslySetInnerHTML={{ __html: css }} />
      </head>
      <body>
        <main>
          <h1>{say('failure.title')}</h1>
          <p>{say('failure.text')}</p>
        </main>
      </body>
    </html>
  )
}
