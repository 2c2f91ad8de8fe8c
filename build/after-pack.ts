import { chmodSync, copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { extractAll } from '@electron/asar'

/** The part of electron-builder's context that is used here. */
export type Packed = { readonly appOutDir: string; readonly electronPlatformName: string }

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** What only the desktop uses. The service is updated with the program, it does not update itself. */
const desktopOnly = ['out/main/desktop.js', 'out/main/preload.cjs', 'node_modules/electron-updater']

/**
 * Puts the service beside the desktop, as resources/service: the same code out of the asar (which plain Node cannot read), the Node
 * binary of this machine (so a package is built on the system it is for), and a command to start it with.
 */
export function afterPack({ appOutDir, electronPlatformName }: Packed): void {
  const resources = join(appOutDir, 'resources')
  const service = join(resources, 'service')
  extractAll(join(resources, 'app.asar'), service)
  for (const path of desktopOnly) rmSync(join(service, path), { recursive: true, force: true })
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
