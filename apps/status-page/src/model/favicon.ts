import type { State } from '../contract.ts'

/** Four shapes that differ without colour; the colours are mid-tones that hold on light and dark tab bars. */
const shapes: Readonly<Record<State, string>> = {
  up: '<circle cx="8" cy="8" r="7.5" fill="#1d8a6b" stroke="none"/><path d="m4.6 8.3 2.3 2.3 4.5-4.9"/>',
  degraded: '<path d="M8 .8 15.6 15H.4z" fill="#bd7300" stroke="none"/><path d="M8 6v4m0 2.4v.1"/>',
  down: '<rect width="16" height="16" rx="3.5" fill="#c8202b" stroke="none"/><path d="m4.8 4.8 6.4 6.4m0-6.4-6.4 6.4"/>',
  maintenance: '<path d="M8 0l8 8-8 8-8-8z" fill="#5b54cf" stroke="none"/><path d="M5 8h6"/>',
  pending: '<circle cx="8" cy="8" r="6.5" stroke="#858f9d" stroke-dasharray="3.1 2.1"/>',
}

/** The state as a `data:` address. */
export const faviconOf = (state: State): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><g fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shapes[state]}</g></svg>`,
  )}`
