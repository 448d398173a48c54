import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/conditions/src/**/*.test.ts', 'apps/monitor/src/domain/**/*.test.ts'],
    // Half a minute of hostile lengths, which asks how long answers take rather than what they are.
    exclude: [...configDefaults.exclude, '**/limits.test.ts', '**/conditions/src/properties.test.ts'],
    setupFiles: ['test/mutation/same-properties.ts'],
    testTimeout: 20_000,
    isolate: false,
    env: { TZ: 'UTC' },
  },
})
