import type { State } from '../contract.ts'
import type { Theme } from '../site.ts'
import { language, say } from '../text/say.ts'
import { shapeOf } from './sprite.ts'

interface Props {
  readonly css: string
  readonly theme: Theme | undefined
  readonly state: State
  /** Pieces of the text; names are kept apart from the words around them. */
  readonly pieces: readonly (string | { readonly name: string })[]
  readonly href: string
}

/** A whole document of one line, to stand in other people's pages. */
export function Embed({ css, theme, state, pieces, href }: Props) {
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.name)).join('')
  return (
    <html lang={language()} data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{text}</title>
        <style dangerouslySetInnerHTML={{ __html: css }} />
      </head>
      <body>
        <main>
          <a href={href} target="_blank" rel="noopener" title={say('embed.open')}>
            <svg
              viewBox="0 0 16 16"
              class={`s-${state}`}
              aria-hidden="true"
              dangerouslySetInnerHTML={{ __html: shapeOf(state) }}
            />
            <span>
              {pieces.map((piece) => (typeof piece === 'string' ? piece : <bdi key={piece.name}>{piece.name}</bdi>))}
            </span>
          </a>
        </main>
      </body>
    </html>
  )
}
