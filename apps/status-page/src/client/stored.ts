const shortcutsKey = 'vedette-shortcuts'

/** Whether single keys do something. Storage may be forbidden; then they do. */
export function shortcutsOn(): boolean {
  try {
    return localStorage.getItem(shortcutsKey) !== 'off'
  } catch {
    return true
  }
}

export function keepShortcuts(on: boolean): void {
  try {
    localStorage.setItem(shortcutsKey, on ? 'on' : 'off')
  } catch {
    // Nowhere to keep it: the choice ends with this page.
  }
}
