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

const zoneKey = 'vedette-zone'

/** Whose clock times are told by: the reader's, or UTC. */
export type ZoneChoice = 'own' | 'utc'

export function keptZone(): ZoneChoice {
  try {
    return localStorage.getItem(zoneKey) === 'utc' ? 'utc' : 'own'
  } catch {
    return 'own'
  }
}

export function keepZone(choice: ZoneChoice): void {
  try {
    localStorage.setItem(zoneKey, choice)
  } catch {
    // As above.
  }
}
