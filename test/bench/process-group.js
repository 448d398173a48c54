import { readdirSync, readFileSync } from 'node:fs'

/** `getconf CLK_TCK` of every Linux in use. */
const ticksPerSecond = 100

/** What Linux says about the processes of a group: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function* members(group) {
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    let stat
    try {
      stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    } catch {
      continue // it has ended meanwhile
    }
    const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ')
    if (Number(fields[2]) === group) yield { pid, fields }
  }
}

/** User and system time of all threads of a group, and of what it ran before, in seconds. */
export function cpuSeconds(group) {
  let ticks = 0
  for (const { fields } of members(group)) for (const field of fields.slice(11, 15)) ticks += Number(field)
  return ticks / ticksPerSecond
}

export function residentMiB(group) {
  let kibibytes = 0
  for (const { pid } of members(group)) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    kibibytes += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0)
  }
  return kibibytes / 1024
}

export const isEmpty = (group) => members(group).next().done === true
