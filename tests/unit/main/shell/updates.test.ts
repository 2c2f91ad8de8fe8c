import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultUpdates } from '../../../../app/model/settings.ts'
import type { ShellFacts } from '../../../../main/shell/facts.ts'
import {
  canReplace,
  desktopUpdates,
  packedUpdates,
  type UpdaterPart,
  updaterOf,
} from '../../../../main/shell/updates.ts'
import { tempFolder } from '../../app/store/temp-store.ts'

/** electron-updater's part, as it is before anybody has set it. */
function fakePart(version: string | null) {
  const did: string[] = []
  const info = { version: version ?? '1.0.0', files: [], path: '', sha512: '', releaseDate: '' }
  const part: UpdaterPart = {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    allowPrerelease: true,
    allowDowngrade: true,
    disableWebInstaller: false,
    setFeedURL: (options) =>
      void did.push(`feed ${typeof options === 'object' && 'url' in options ? options.url : ''}`),
    checkForUpdates: async () => {
      did.push('check')
      return { isUpdateAvailable: version !== null, updateInfo: info, versionInfo: info }
    },
    downloadUpdate: async () => {
      did.push('download')
      return []
    },
    quitAndInstall: (isSilent, isForced) => void did.push(`install ${isSilent} ${isForced}`),
  }
  return { part, did }
}

describe('electron-updater', () => {
  it('decides nothing by itself, and takes no older or unfinished version', () => {
    const { part } = fakePart(null)
    updaterOf(part, () => Promise.resolve())
    expect(part).toMatchObject({
      autoDownload: false,
      autoInstallOnAppQuit: false,
      allowPrerelease: false,
      allowDowngrade: false,
      disableWebInstaller: true,
    })
  })

  it('asks the feed of the settings, else its own', async () => {
    const { part, did } = fakePart('2.0.0')
    const updater = updaterOf(part, () => Promise.resolve())
    expect(await updater.look('')).toBe('2.0.0')
    expect(await updater.look('https://feed.example/')).toBe('2.0.0')
    expect(did).toEqual(['check', 'feed https://feed.example/', 'check'])
    expect(await updaterOf(fakePart(null).part, () => Promise.resolve()).look('')).toBeNull()
  })

  it('installs only after our work has stopped', async () => {
    const { part, did } = fakePart('2.0.0')
    await updaterOf(part, async () => void did.push('stopped')).install()
    expect(did).toEqual(['stopped', 'install true true'])
  })
})

describe('what was packed', () => {
  const packed = (text: string | null) => {
    const folder = tempFolder()
    if (text !== null) writeFileSync(join(folder, 'app-update.yml'), text)
    return packedUpdates(folder)
  }

  it.each([
    [null, null],
    ['provider: generic\nurl: https://feed.invalid/\n', { hasFeed: false, isSigned: false }],
    ['provider: generic\nurl: https://feed.example/\n', { hasFeed: true, isSigned: false }],
    ['url: https://feed.example/\npublisherName:\n  - Somebody\n', { hasFeed: true, isSigned: true }],
  ])('%j', (text, expected) => {
    expect(packed(text)).toEqual(expected)
  })

  it('knows whether it may replace a folder, and leaves nothing there', () => {
    const folder = join(tempFolder(), 'program')
    expect(canReplace(folder)).toBe(false)
    mkdirSync(folder)
    expect(canReplace(folder)).toBe(true)
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('the desktop', () => {
  const facts = (isReachable: boolean): ShellFacts => ({ isReachable, tenants: [] })
  function desktop(kind: 'own' | 'service', isReachable = true) {
    const { part, did } = fakePart('2.0.0')
    const noted: string[] = []
    const updates = desktopUpdates(
      { part, packed: { hasFeed: true, isSigned: true }, canInstall: () => true },
      {
        clock: { now: () => Date.parse('2026-05-01T12:00:00Z') },
        host: { kind, stop: async () => void did.push('stopped') },
        api: {
          updateSettings: async () => ({ ...defaultUpdates, mode: 'automatic' }),
          noteUpdate: async (version) => {
            noted.push(version)
            return null
          },
        },
        facts: () => facts(isReachable),
        tell: ({ title }) => did.push(title),
        onTrouble: (error) => did.push(String(error)),
      },
    )
    return { updates, did, noted }
  }

  it('installs over its own engine', async () => {
    const { updates, did } = desktop('own')
    for (let i = 0; i < 3; i++) await updates.tick()
    expect(did).toEqual(['check', 'download', 'stopped', 'install true true'])
  })

  it('only tells when a service does the work', async () => {
    const { updates, did, noted } = desktop('service')
    for (let i = 0; i < 3; i++) await updates.tick()
    expect(did).toEqual(['check', 'Version 2.0.0 is there'])
    expect(noted, 'for the screens').toEqual(['2.0.0'])
  })

  it('asks nothing while the service does not answer', async () => {
    const { updates, did } = desktop('service', false)
    await updates.tick()
    expect(did).toEqual([])
  })
})
