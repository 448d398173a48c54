import type { JSX } from 'preact'
import type { IncidentEntry, MaintenanceEntry } from '../contract.ts'
import { listText } from '../model/headline.ts'
import { durationText } from '../model/numbers.ts'
import { parts, say } from '../text/say.ts'

type Named = Pick<IncidentEntry, 'name' | 'startAt' | 'endAt'>

/** `Sign-in was down for 14 min`, or `Sign-in is down`: pieces, with the name kept apart from the words. */
export function outageTitle({ name, startAt, endAt }: Named): (JSX.Element | string)[] {
  const bdi = <bdi key="name">{name}</bdi>
  if (endAt === undefined) return parts('past.is', { name: bdi })
  return parts('past.was', { name: bdi, duration: durationText(endAt - startAt) })
}

export const outageText = ({ name, startAt, endAt }: Named): string =>
  endAt === undefined ? say('past.is', { name }) : say('past.was', { name, duration: durationText(endAt - startAt) })

export function maintenanceText({ keys, names }: Pick<MaintenanceEntry, 'keys' | 'names'>): string {
  if (keys.length === 0) return say('past.maintenance.all')
  return say('past.maintenance', { names: listText(names, keys.length) })
}
