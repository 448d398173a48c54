import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['packages/**/*.test.ts', 'apps/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'demo/*.test.ts'],
    // Models and components speak English unless a test says otherwise.
    setupFiles: ['apps/status-page/src/text/english.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // A busy machine is slow, not wrong.
    expect: { poll: { timeout: 10_000 } },
    env: { TZ: 'UTC' },
    css: true,
  },
})
