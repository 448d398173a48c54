import { watchGroups } from './groups.ts'
import { doKey, watchKeys } from './keys.ts'
import './overlay.ts'
import { kind } from './page.ts'
import { watchLinks } from './prefetch.ts'
import { watchSettings } from './settings.ts'
import { watchShare } from './share.ts'
import { watchTools } from './tools.ts'

/** `keys` are those pressed while this module was on its way. */
export function start(keys: readonly KeyboardEvent[]): void {
  watchSettings()
  watchKeys()
  watchShare()
  if (kind === 'overview') {
    watchGroups()
    watchTools()
    watchLinks()
    if (document.querySelector('.tiles') !== null) void import('./tiles.ts').then(({ watchTiles }) => watchTiles())
  }
  for (const key of keys) doKey(key)
}
