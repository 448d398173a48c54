import { constants, setPriority } from 'node:os'

/**
 * Has this thread go before others that want the same processor, if the system grants it: Linux does to root, with
 * `CAP_SYS_NICE`, and within the limit `RLIMIT_NICE`. If not, everything stays as it is.
 * https://man7.org/linux/man-pages/man2/setpriority.2.html
 */
export function goFirst(): void {
  // Elsewhere a priority belongs to the whole process.
  if (process.platform !== 'linux') return
  try {
    setPriority(constants.priority.PRIORITY_HIGH)
  } catch {
    // Not granted.
  }
}
