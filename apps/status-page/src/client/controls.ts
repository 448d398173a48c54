import { watchGroups } from './groups.ts'
import { onKey, watchKeys } from './keys.ts'
import './overlay.ts'
import { kind } from './page.ts'
import { watchSettings } from './settings.ts'
import { watchShare } from './share.ts'
import { watchTools } from './tools.ts'

/** `first` is what brought this module here; a key must not be lost for it. */
export function start(first: Event): void {
  watchSettings()
  watchKeys()
  watchShare()
  if (kind === 'overview') {
    watchGroups()
    watchTools()
    if (document.querySelector('.tiles') !== null) void import('./tiles.ts').then(({ watchTiles }) => watchTiles())
  }
  if (first instanceof KeyboardEvent) onKey(first)
}
