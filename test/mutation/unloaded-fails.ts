import type { Reporter, Vitest } from 'vitest/node'

/**
 * Gives a file that could not even be loaded a test that failed: Stryker looks at tests alone, and where there are none it
 * would take the change that broke the file for one that nobody noticed.
 */
export function unloadedFails(): Reporter {
  let run: Vitest | undefined
  return {
    onInit(vitest) {
      run = vitest
    },
    onTestRunEnd() {
      for (const file of run?.state.getFiles() ?? []) {
        if (file.result?.state !== 'fail' || file.tasks.length > 0) continue
        Object.assign(file, {
          tasks: [{ type: 'test', name: 'can be loaded', mode: 'run', file, result: file.result }],
        })
      }
    },
  }
}
