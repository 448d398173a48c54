import { defineConfig, type Plugin } from 'vite'
import { texts } from './vite-texts.ts'

const entry = 'src/client/boot.ts'
/** What runs at the start: the entry and all that it imports other than on demand. */
const atStart = new Set<string>()

const findStart: Plugin = {
  name: 'find-start',
  buildEnd() {
    const pending = [...this.getModuleIds()].filter((id) => id.endsWith(entry))
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      if (atStart.has(id)) continue
      atStart.add(id)
      pending.push(...(this.getModuleInfo(id)?.importedIds ?? []))
    }
  },
}

/** Only what runs in the browser. The server's half (`src/server.tsx`) is bundled by whoever serves the page. */
export default defineConfig({
  plugins: [findStart, texts],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  base: './',
  build: {
    outDir: 'dist/client',
    manifest: 'manifest.json',
    target: 'es2022',
    // As a library: an application's modules each carry a loader for style sheets, and these have none.
    lib: { entry, formats: ['es'] },
    rolldownOptions: {
      preserveEntrySignatures: false,
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        minify: true,
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            // One file, hence one request, until the page is live.
            { name: 'start', test: (id) => atStart.has(id) },
            // Apart from the rest of the endpoint page: both arrive at the same time, in smaller pieces.
            { name: 'chart', test: /ResponseChart|model\/chart|CheckList|crosshair/ },
          ],
        },
      },
    },
  },
})
