import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { licences } from './licences.ts'

const root = fileURLToPath(new URL('../renderer', import.meta.url))

/** Builds the screens into out/renderer: our own files only, nothing inline (the policy of main/api/handler.ts forbids it). */
export default defineConfig({
  root,
  // A relative base would break deep links; both hosts serve the screens from their root.
  base: '/',
  plugins: [react(), licences()],
  build: {
    outDir: fileURLToPath(new URL('../out/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome134',
    // Small pictures as data: addresses would be inline content.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    license: { fileName: 'licences.md' },
    reportCompressedSize: true,
  },
})
