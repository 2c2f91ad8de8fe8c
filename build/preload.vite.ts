import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The preload by itself: a sandboxed one must be a single CommonJS file. Added to what build/main.vite.ts has built. */
export default defineConfig({
  root: at('..'),
  publicDir: false,
  build: {
    ssr: true,
    outDir: at('../out/main'),
    emptyOutDir: false,
    target: 'chrome134',
    minify: false,
    rolldownOptions: {
      input: { preload: at('../main/shell/preload.ts') },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
})
