import type { State } from '../contract.ts'

/** Mid-tones that hold on light and dark tab bars. */
const colours: Readonly<Record<State, string>> = {
  up: '#1d8a6b',
  degraded: '#bd7300',
  down: '#c8202b',
  maintenance: '#5b54cf',
  pending: '#858f9d',
}

const lines = 'fill="none" stroke-width="2"'

/** The icon of a state as a `data:` address; `shape` is the content of its symbol in the sprite. */
export function faviconOf(state: State, shape: string): string {
  const drawn = shape.replace(/class="(.).*?"/g, (_, name) => `${lines} stroke="${name === 'c' ? '#fff' : '#858f9d'}"`)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="${colours[state]}">${drawn}</svg>`
  // No more than an address must: what stays as it is compresses well, beside the same shapes in the sprite.
  return `data:image/svg+xml,${svg.replaceAll('"', "'").replace(/[%#<>]/g, encodeURIComponent)}`
}
