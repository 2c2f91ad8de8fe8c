import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppUpdater } from 'electron-updater'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Clock } from '../../app/model/ports.ts'
import { followUpdates, type Updater } from '../updates.ts'
import type { ShellFacts } from './facts.ts'
import type { Host } from './host.ts'
import type { HostApi } from './host-api.ts'

/** The few of electron-updater's functions that are used. */
export type UpdaterPart = Pick<
  AppUpdater,
  | 'allowDowngrade'
  | 'allowPrerelease'
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'checkForUpdates'
  | 'disableWebInstaller'
  | 'downloadUpdate'
  | 'quitAndInstall'
  | 'setFeedURL'
>

/** electron-updater behind our own steps. Nothing here touches its check of signatures. `stop` ends our work first. */
export function updaterOf(part: UpdaterPart, stop: () => Promise<void>): Updater {
  // When something happens is decided in main/updates.ts, never by the library.
  part.autoDownload = false
  part.autoInstallOnAppQuit = false
  part.allowPrerelease = false
  part.allowDowngrade = false
  part.disableWebInstaller = true
  return {
    look: async (feedUrl) => {
      if (feedUrl) part.setFeedURL({ provider: 'generic', url: feedUrl })
      const found = await part.checkForUpdates()
      return found?.isUpdateAvailable ? found.updateInfo.version : null
    },
    fetch: async () => {
      await part.downloadUpdate()
    },
    install: async () => {
      await stop()
      part.quitAndInstall(true, true)
    },
  }
}

/** What was written beside the program when it was packed (app-update.yml). */
type PackedUpdates = {
  /** The maker's feed; null: packed without one. */
  readonly hasFeed: boolean
  /** Whether an update's signature will be compared with ours (Windows). */
  readonly isSigned: boolean
}

const packedSchema = z.object({
  url: z.url().optional(),
  publisherName: z.union([z.string().min(1), z.array(z.string()).min(1)]).optional(),
})

/** Null when the program was not packed to be updated. */
export function packedUpdates(resources: string): PackedUpdates | null {
  const file = join(resources, 'app-update.yml')
  if (!existsSync(file)) return null
  const { url, publisherName } = packedSchema.parse(parse(readFileSync(file, 'utf8')))
  // "invalid" is a reserved name: electron-builder.yml has it as long as nobody gave an address.
  return {
    hasFeed: url !== undefined && !new URL(url).hostname.endsWith('.invalid'),
    isSigned: publisherName !== undefined,
  }
}

/** Whether we may replace what lies in a folder. Tried, because on Windows no question about rights gives the true answer. */
export function canReplace(folder: string): boolean {
  const probe = join(folder, `.may-write-${process.pid}`)
  try {
    writeFileSync(probe, '')
    rmSync(probe)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}

export type ShellUpdates = {
  readonly part: UpdaterPart
  readonly packed: PackedUpdates
  /** Whether an installer may run with nobody there to answer it. */
  readonly canInstall: () => boolean
}

type UpdateSurroundings = {
  readonly clock: Clock
  readonly host: Pick<Host, 'kind' | 'stop'>
  readonly api: Pick<HostApi, 'updateSettings' | 'noteUpdate'>
  readonly facts: () => ShellFacts
  readonly tell: (words: { readonly title: string; readonly body: string }) => void
  readonly onTrouble: (error: unknown, what: string) => void
}

/** The desktop's updates: `tick` now and then. The program of a service is replaced by whoever installed it, so it is only told of. */
export function desktopUpdates(
  { part, packed, canInstall }: ShellUpdates,
  { clock, host, api, facts, ...around }: UpdateSurroundings,
): { tick(): Promise<void> } {
  const updater = updaterOf(part, host.stop)
  const look = async (feedUrl: string): Promise<string | null> => {
    const found = await updater.look(feedUrl)
    // The screens show it, too; whether they could be told changes nothing here.
    if (found !== null) await api.noteUpdate(found)
    return found
  }
  const follow = followUpdates({
    updater: { ...updater, look },
    now: async () => {
      const settings = await api.updateSettings()
      const at = new Date(clock.now())
      return {
        settings,
        nowMs: at.getTime(),
        minute: at.getHours() * 60 + at.getMinutes(),
        isRunning: facts().tenants.some((tenant) => tenant.isRunning),
        hasFeed: packed.hasFeed || settings.feedUrl !== '',
        canInstall: host.kind === 'own' && canInstall(),
      }
    },
    tell: (version) =>
      around.tell({
        title: `Version ${version} is there`,
        body: 'It is not installed by itself here: an administrator installs it over this one. Nothing is lost.',
      }),
    onTrouble: around.onTrouble,
  })
  // A service that does not answer is no news here, every half minute.
  return { tick: async () => (facts().isReachable ? follow.tick() : undefined) }
}
