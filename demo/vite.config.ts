import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const source = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** The demo, for Node; packages stay outside, since it always runs beside them. */
export default defineConfig({
  root: source('.'),
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: {
        demo: source('demo.ts'),
        surroundings: source('surroundings.ts'),
        screenshots: source('screenshots.ts'),
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})
