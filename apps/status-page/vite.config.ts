import { defineConfig } from 'vite'

/** Only what runs in the browser. The server's half (`src/server.tsx`) is bundled by whoever serves the page. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  base: './',
  publicDir: false,
  build: {
    outDir: 'dist/client',
    manifest: 'manifest.json',
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: { input: 'src/client/boot.ts' },
  },
})
