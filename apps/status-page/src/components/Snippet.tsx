import { say } from '../text/say.ts'

interface Props {
  readonly name: string
  readonly text: string
}

/** One line to copy: a field, so that it can be selected as a whole, and a button where there is a script. */
export function Snippet({ name, text }: Props) {
  return (
    <div class="snippet">
      <label>
        <span>{name}</span>
        <input type="text" dir="ltr" readOnly value={text} spellcheck={false} />
      </label>
      <CopyButton what={name} text={text} />
    </div>
  )
}

/** The client says `data-done` on it when it has copied. */
function CopyButton({ what, text }: { what: string; text: string }) {
  return (
    <button
      type="button"
      class="js-only"
      data-copy={text}
      data-done={say('copy.done')}
      aria-label={say('copy.of', { what })}
    >
      {say('copy')}
    </button>
  )
}

/** Copies the address of a page. */
export function CopyLink({ url }: { url: string }) {
  return (
    <button type="button" class="js-only" data-copy={url} data-done={say('copy.done')}>
      {say('share.copyLink')}
    </button>
  )
}
