/** Milliseconds since 1970 with a fraction; all processes of this machine agree on it. */
export const wallMs = () => performance.timeOrigin + performance.now()

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Asks again and again until there is an answer. */
export async function until(what, ask, { limitMs, everyMs = 50 }) {
  for (const giveUpAt = performance.now() + limitMs; performance.now() < giveUpAt; await sleep(everyMs)) {
    const value = await ask()
    if (value !== undefined && value !== false) return value
  }
  throw new Error(`${what}: not within ${limitMs / 1_000} s`)
}
