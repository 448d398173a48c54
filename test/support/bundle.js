import { build } from 'vite'

/**
 * Bundles programs written in TypeScript, so that Node runs them: `input` maps the name of each to its file. The native
 * module stays outside, so `outDir` must lie within the project.
 */
export const bundle = (input, outDir) =>
  build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: { input, output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } },
    },
  })
