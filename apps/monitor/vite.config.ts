import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const source = (file: string) => fileURLToPath(new URL(`src/${file}`, import.meta.url))

/** The program, and the thread that runs checks. Dependencies stay where npm put them; our own packages come along. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  ssr: { noExternal: [/^@vedette\//] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: { main: source('main.ts'), worker: source('worker.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})
