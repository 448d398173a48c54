/**
 * Figures of a scenario. `unit` is shown beside the value; `limit` is what we hold ourselves to, and `timesPeer` how many
 * times better than the peer we mean to be; `floor` is what Node itself takes for one bare request, in the same unit. With
 * `column`, figures of one name stand in one line.
 */

/** A figure of which less is better; `limit` is the most it may be. */
export const less = (name, unit, value, more = {}) => ({ name, unit, value, better: 'less', ...more })

/** A figure of which more is better; `limit` is the least it may be. */
export const more = (name, unit, value, others = {}) => ({ name, unit, value, better: 'more', ...others })

/** A figure that says under which circumstances the others came about. */
export const fact = (name, unit, value) => ({ name, unit, value })

/** What Node itself takes, whoever is measured. */
export const bare = (name, unit, value) => ({ name, unit, value, shared: true })

/** Name of a figure outside of its table. */
export const fullName = ({ name, column }) => [name, column].filter(Boolean).join(', ')

/** How many times better `ours` is than `theirs`; `undefined` when that cannot be told. */
export function ratioOf({ better }, ours, theirs) {
  if (better === undefined || typeof ours !== 'number' || typeof theirs !== 'number') return undefined
  const ratio = better === 'less' ? theirs / ours : ours / theirs
  return Number.isFinite(ratio) ? ratio : undefined
}

export function isMissed(figure) {
  const { better, limit, timesPeer, value, peer } = figure
  if (typeof value !== 'number') return false
  if (limit !== undefined && (better === 'less' ? value > limit : value < limit)) return true
  return timesPeer !== undefined && ratioOf(figure, value, peer) < timesPeer
}
