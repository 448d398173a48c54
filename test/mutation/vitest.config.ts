import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/conditions/src/**/*.test.ts', 'apps/monitor/src/domain/**/*.test.ts'],
    // Both ask whether an answer comes at all, for seconds, and every mutant that they reach would wait for them.
    exclude: [...configDefaults.exclude, '**/limits.test.ts', '**/conditions/src/properties.test.ts'],
    setupFiles: ['test/mutation/same-properties.ts'],
    testTimeout: 20_000,
    // What a mutant changes is fresh with each run; within one, modules need not be read again for every file.
    isolate: false,
    env: { TZ: 'UTC' },
  },
})
