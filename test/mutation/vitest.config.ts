import { configDefaults, defineConfig } from 'vitest/config'
import { QuickFirst } from './quick-first.ts'
import { unloadedFails } from './unloaded-fails.ts'

export default defineConfig({
  // The durations that the order goes by, apart from those of the ordinary tests.
  cacheDir: '.artefacts/vite',
  test: {
    include: ['packages/conditions/src/**/*.test.ts', 'apps/monitor/src/domain/**/*.test.ts'],
    // Both ask whether an answer comes at all, for seconds, and every mutant that they reach would wait for them.
    exclude: [...configDefaults.exclude, '**/limits.test.ts', '**/conditions/src/properties.test.ts'],
    setupFiles: ['test/mutation/same-properties.ts'],
    sequence: { sequencer: QuickFirst },
    // Nothing is printed: nobody reads of each failure, and to show one takes longer than to come upon it.
    reporters: [unloadedFails()],
    disableConsoleIntercept: true,
    testTimeout: 20_000,
    // What a mutant changes is fresh with each run; within one, modules need not be read again for every file.
    isolate: false,
    env: { TZ: 'UTC' },
  },
})
