import { speak } from './speak.ts'

const shownMs = 2_000

/** Copies what a button holds, and says so on it for a moment. */
export async function copy(button: HTMLElement): Promise<void> {
  const { copy: text = '', done = '' } = button.dataset
  if (!(await copied(text, button))) return
  // The button keeps its width, so that nothing beside it moves.
  const before = button.textContent ?? ''
  if (before === done) return
  button.style.minWidth = `${button.offsetWidth}px`
  button.textContent = done
  speak(done)
  setTimeout(() => {
    button.textContent = before
  }, shownMs)
}

/** Where the clipboard is closed to pages (over plain HTTP, for one), the text is at least selected. */
async function copied(text: string, button: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const field = button.parentElement?.querySelector('input')
    field?.focus()
    field?.select()
    return field != null && document.execCommand('copy')
  }
}
