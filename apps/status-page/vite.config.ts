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
    minify: true,
    // As a library: an application's modules each carry a loader for style sheets, and these have none.
    lib: { entry: 'src/client/boot.ts', formats: ['es'] },
    rolldownOptions: {
      preserveEntrySignatures: false,
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        minify: true,
        // The chart apart from the rest of the endpoint page: both arrive at the same time, in smaller pieces.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: 'chart', test: /ResponseChart|model\/chart|CheckList|crosshair/ }],
        },
      },
    },
  },
})
