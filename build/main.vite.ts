import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** What the bundle reads at run time, beside it: migrate.ts looks for the migrations next to itself, the tray for its icons. */
function besideTheBundle(): Plugin {
  return {
    name: 'beside-the-bundle',
    writeBundle: ({ dir = at('../out/main') }) => {
      cpSync(at('../app/store/migrations'), join(dir, 'migrations'), { recursive: true })
      cpSync(at('icons/made'), join(dir, 'icons'), { recursive: true })
    },
  }
}

/**
 * Bundles our own code of the desktop, the command line and the worker thread into out/main. Packages stay outside: they are
 * dependencies that the installer packs (better-sqlite3 is native; pino and undici find their own files). No names are shortened,
 * so that a stack trace in a customer's log can be read.
 */
export default defineConfig({
  root: at('..'),
  publicDir: false,
  build: {
    ssr: true,
    outDir: at('../out/main'),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: {
        desktop: at('../main/desktop.ts'),
        cli: at('../main/cli.ts'),
        worker: at('../main/worker.ts'),
      },
      external: ['electron'],
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        // Flat: a file that is looked for beside its module must be beside every chunk.
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
  plugins: [besideTheBundle()],
})
