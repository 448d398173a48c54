import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

/** Names stay, for traces that can be read; spaces and comments would only take memory. */
const minify = { compress: false, mangle: false, codegen: { removeWhitespace: true } }

const source = (file: string) => fileURLToPath(new URL(`src/${file}`, import.meta.url))

/**
 * Writes every character beyond ASCII as an escape, which it may be wherever the bundle has one. V8 keeps the source of a
 * module while it runs, and in twice the memory as soon as one character needs two bytes.
 */
const ascii: Plugin = {
  name: 'ascii',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') chunk.code = chunk.code.replace(/[^\0-\x7f]/g, escaped)
    }
  },
}

const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * The program, and its threads. Dependencies are bundled, since opening a thousand small files is most of
 * what a start costs; those stay outside that are native, that look for files of their own, or that nothing here calls.
 */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [ascii],
  ssr: { noExternal: true, external: ['better-sqlite3', 'pino', 'pino-pretty', '@grpc/proto-loader'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: source('main.ts'),
        'checker-thread': source('checker-thread.ts'),
        'config-thread': source('config-thread.ts'),
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', minify },
    },
  },
})
