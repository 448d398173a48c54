import { watchGroups } from './groups.ts'
import { onKey, watchKeys } from './keys.ts'
import { kind } from './page.ts'
import { watchSettings } from './settings.ts'
import { watchTools } from './tools.ts'

/** `first` is what brought this module here; a key must not be lost for it. */
export function start(first: Event): void {
  watchSettings()
  watchKeys()
  if (kind === 'overview') {
    watchGroups()
    watchTools()
  }
  if (first instanceof KeyboardEvent) onKey(first)
}
