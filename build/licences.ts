import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { z } from 'zod'

const packageSchema = z.object({
  version: z.string().default(''),
  license: z.string().default('see its own files'),
  dependencies: z.record(z.string(), z.string()).default({}),
})

/** Development packages that end up in the program: what screens and programs are bundled from, Electron, and Node beside the service. */
const bundled = [
  '@e965/xlsx',
  '@fluentui/react-components',
  '@fluentui/react-icons',
  '@tanstack/react-query',
  '@tanstack/react-table',
  '@tanstack/react-virtual',
  '@trpc/client',
  '@trpc/server',
  'commander',
  'croner',
  'csv-parse',
  'electron',
  'exceljs',
  'fflate',
  'kysely',
  'node',
  'node-cron',
  'nodemailer',
  'p-queue',
  'pdfjs-dist',
  'pdfmake',
  'pg',
  'pino',
  'react',
  'react-dom',
  'react-hook-form',
  'tarn',
  'tedious',
  'undici',
  'wouter',
  'yaml',
  'zod',
]
const name = 'virtual:licences'

const read = (path: string) =>
  packageSchema.parse(JSON.parse(readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8')))

/** Gives the screens the list of packages that the program is made of, with their licences (Settings, About). */
export function licences(): Plugin {
  return {
    name: 'licences',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => {
      if (id !== `\0${name}`) return null
      const all = [...Object.keys(read('package.json').dependencies), ...bundled].sort()
      const list = all.map((one) => {
        const { version, license } = read(`node_modules/${one}/package.json`)
        return { name: one, version, licence: license }
      })
      return `export default ${JSON.stringify(list)}`
    },
  }
}
