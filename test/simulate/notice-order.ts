/** When a notice came through. Later is more. */
export interface Arrivals {
  /** For the first time; absent if it never did. */
  readonly arrival: number | undefined
  /** For the first time from each process that sent it. */
  readonly arrivalOf: ReadonlyMap<number, number>
}

/**
 * The first notice of a line, in the order they were decided, that arrived before an older one: among all that one
 * process sent, and of those that `keepsPlace` among all that came through.
 */
export function firstMisplaced<Notice extends Arrivals>(
  decided: readonly Notice[],
  keepsPlace: (notice: Notice) => boolean,
): Notice | undefined {
  const ofAll = outOfTurn(decided.filter(keepsPlace), ({ arrival }) => arrival)
  if (ofAll !== undefined) return ofAll
  const processes = new Set(decided.flatMap(({ arrivalOf }) => [...arrivalOf.keys()]))
  for (const process of processes) {
    const ofOne = outOfTurn(decided, ({ arrivalOf }) => arrivalOf.get(process))
    if (ofOne !== undefined) return ofOne
  }
  return undefined
}

function outOfTurn<Notice>(decided: readonly Notice[], arrivalOf: (notice: Notice) => number | undefined) {
  let last = -Infinity
  for (const notice of decided) {
    const arrival = arrivalOf(notice) ?? last
    if (arrival < last) return notice
    last = arrival
  }
  return undefined
}
