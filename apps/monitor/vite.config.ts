import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const source = (file: string) => fileURLToPath(new URL(`src/${file}`, import.meta.url))

/**
 * The program, and the thread that runs checks. Dependencies are bundled, since opening a thousand small files is most of
 * what a start costs; those stay outside that are native, or that look for files of their own.
 */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  ssr: { noExternal: true, external: ['better-sqlite3', 'pino', 'pino-pretty'] },
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
