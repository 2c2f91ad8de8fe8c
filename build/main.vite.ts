import { cpSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { z } from 'zod'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** What package.json calls a dependency is packed as it is; every other package is taken into the bundle (decision 071). */
export const packedAsTheyAre: readonly string[] = Object.keys(
  z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(at('../package.json'), 'utf8'))).dependencies,
)

/** What some modules read beside themselves at run time; `from` is relative to the module, `to` to the bundle. */
const readAtRunTime: readonly { readonly by: RegExp; readonly from: string; readonly to: string }[] = [
  { by: /\/pdfkit\/js\/pdfkit(\.es)?\.js$/, from: 'data', to: 'data' },
  { by: /\/pdfmake\/fonts\/Roboto\.js$/, from: 'Roboto', to: 'Roboto' },
]

/** What the bundle reads at run time, beside it: migrate.ts looks for the migrations next to itself, the tray for its icons, packages for theirs. */
function besideTheBundle(): Plugin {
  return {
    name: 'beside-the-bundle',
    writeBundle({ dir = at('../out/main') }) {
      cpSync(at('../app/store/migrations'), join(dir, 'migrations'), { recursive: true })
      cpSync(at('icons/made'), join(dir, 'icons'), { recursive: true })
      for (const module of this.getModuleIds())
        for (const { by, from, to } of readAtRunTime)
          if (by.test(module.replaceAll('\\', '/')))
            cpSync(join(dirname(module), from), join(dir, to), { recursive: true })
    },
  }
}

/**
 * Bundles the desktop, the command line and the worker threads, with the packages that they use, into out/main. A package that is loaded by
 * `import()` becomes a file of its own, which is read when it is needed. No names are shortened, so that a stack trace in a customer's log
 * can be read.
 */
export default defineConfig({
  root: at('..'),
  publicDir: false,
  // Packages in CommonJS that look beside themselves: the bundle is flat, so that is beside the bundle.
  define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
  resolve: { alias: [{ find: /^@azure\/.*$/, replacement: at('left-out/azure.ts') }] },
  ssr: { noExternal: true, external: ['electron', ...packedAsTheyAre] },
  build: {
    ssr: true,
    outDir: at('../out/main'),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: false,
    license: { fileName: 'licences.md' },
    rolldownOptions: {
      input: {
        desktop: at('../main/desktop.ts'),
        cli: at('../main/cli.ts'),
        worker: at('../main/worker.ts'),
        'import-thread': at('../main/import-thread.ts'),
        'xls-worker': at('../app/sheets/xls/worker.ts'),
      },
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
