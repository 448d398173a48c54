/** So long the page may be busy at once: on a phone a quarter as fast, still less than what is felt. */
const sliceMs = 8

/**
 * Does work part by part and lets the page answer its reader in between, as often as it takes. `pause` is called before
 * what was done is seen; `over` tells whether the rest is no longer wanted. Answers whether all of it was done.
 */
export async function inSlices(work: Iterator<void>, pause: () => void, over: () => boolean): Promise<boolean> {
  let until = performance.now() + sliceMs
  while (!work.next().done) {
    if (performance.now() < until) continue
    pause()
    await new Promise((resolve) => setTimeout(resolve))
    if (over()) return false
    until = performance.now() + sliceMs
  }
  pause()
  return true
}
