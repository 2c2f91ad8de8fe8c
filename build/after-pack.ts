import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { extractAll } from '@electron/asar'
import { z } from 'zod'

/** The part of electron-builder's context that is used here. */
export type Packed = { readonly appOutDir: string; readonly electronPlatformName: string }

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** What only the desktop uses. The service is updated with the program, it does not update itself. */
const desktopOnly = ['out/main/desktop.js', 'out/main/preload.cjs']
const desktopPackages = ['electron-updater']

const needs = z.object({ dependencies: z.record(z.string(), z.string()).default({}) })

/** The folders in node_modules that the packages named need, with their own needs, as Node would look for them. */
function neededBy(root: string, names: readonly string[], from = root): string[] {
  return names.flatMap((name) => {
    const nested = join(from, 'node_modules', name)
    const folder = existsSync(nested) ? nested : join(root, 'node_modules', name)
    if (!existsSync(folder)) return []
    const { dependencies } = needs.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
    return [folder, ...neededBy(root, Object.keys(dependencies), folder)]
  })
}

/** Leaves in the service only the packages that its code can reach. */
function dropDesktopPackages(service: string): void {
  const { dependencies } = needs.parse(JSON.parse(readFileSync(join(service, 'package.json'), 'utf8')))
  const kept = new Set(
    neededBy(
      service,
      Object.keys(dependencies).filter((name) => !desktopPackages.includes(name)),
    ),
  )
  for (const path of globSync(['node_modules/*', 'node_modules/@*/*'], { cwd: service })) {
    const folder = join(service, path)
    if (existsSync(join(folder, 'package.json')) && !kept.has(folder)) rmSync(folder, { recursive: true })
  }
}

/**
 * Puts the service beside the desktop, as resources/service: the same code out of the asar (which plain Node cannot read), the Node
 * binary of this machine (so a package is built on the system it is for), and a command to start it with.
 */
export function afterPack({ appOutDir, electronPlatformName }: Packed): void {
  const resources = join(appOutDir, 'resources')
  const service = join(resources, 'service')
  extractAll(join(resources, 'app.asar'), service)
  for (const path of desktopOnly) rmSync(join(service, path), { recursive: true, force: true })
  dropDesktopPackages(service)
  const isWindows = electronPlatformName === 'win32'
  const node = isWindows ? 'node.exe' : 'node'
  copyFileSync(here(`../node_modules/node/bin/${node}`), join(service, node))
  const command = isWindows ? 'commerce-integrator.cmd' : 'commerce-integrator'
  copyFileSync(here(`installer/${command}`), join(service, command))
  if (!isWindows) for (const program of [node, command]) chmodSync(join(service, program), 0o755)
  // `service install` looks for it there; without it --wrapper has to name one.
  const wrapper = process.env.COMMERCE_INTEGRATOR_WINSW
  if (isWindows && wrapper) copyFileSync(wrapper, join(service, 'WinSW.exe'))
  mkdirSync(join(resources, 'examples'), { recursive: true })
  cpSync(here('installer/setup-example.yml'), join(resources, 'examples', 'setup-example.yml'))
}
