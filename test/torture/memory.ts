import { residentMiB } from './resident.ts'

/** Watches what a process keeps in memory. */
export interface MemoryWatch extends Disposable {
  /** The most in the second and in the last quarter of the time, in MiB: what grows shows as a difference. */
  quarters(): { readonly early: number; readonly late: number; readonly most: number }
}

export function watchMemory(pid: number | undefined): MemoryWatch {
  const samples: number[] = []
  const timer = setInterval(() => {
    const sample = residentMiB(pid)
    if (sample > 0) samples.push(sample)
  }, 250)
  return {
    quarters() {
      const quarter = Math.floor(samples.length / 4)
      return {
        early: Math.max(...samples.slice(quarter, 2 * quarter)),
        late: Math.max(...samples.slice(-quarter)),
        most: Math.max(...samples),
      }
    },
    [Symbol.dispose]: () => clearInterval(timer),
  }
}
