import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { packArguments } from '../../../build/pack.ts'
import { checkout } from '../../../build/program.ts'

const config = z
  .object({
    asar: z.boolean(),
    npmRebuild: z.boolean(),
    electronFuses: z.record(z.string(), z.boolean()),
    nsis: z.object({ perMachine: z.boolean(), deleteAppDataOnUninstall: z.boolean(), include: z.string() }),
    msi: z.object({ upgradeCode: z.uuid() }),
    publish: z.object({ provider: z.literal('generic'), url: z.url() }),
  })
  .parse(parse(readFileSync(join(checkout, 'electron-builder.yml'), 'utf8')))

describe('the arguments of electron-builder', () => {
  it('never upload', () => {
    expect(packArguments(['--dir'], {}).join(' ')).toBe('--config electron-builder.yml --publish never --dir')
  })

  it('open the inspect fuse in the variant for tests alone, and put that elsewhere', () => {
    const args = packArguments(['--for-tests', '--dir'], {})
    expect(args).not.toContain('--for-tests')
    expect(args.filter((one) => one.startsWith('-c.'))).toEqual([
      '-c.electronFuses.enableNodeCliInspectArguments=true',
      '-c.directories.output=dist/for-tests',
    ])
    expect(packArguments([], {}).join(' ')).not.toContain('inspect')
  })

  it('name the feed, over TLS or not at all', () => {
    expect(packArguments([], { COMMERCE_INTEGRATOR_FEED: 'https://feed.example/ci' })).toContain(
      '-c.publish.url=https://feed.example/ci',
    )
    expect(() => packArguments([], { COMMERCE_INTEGRATOR_FEED: 'http://feed.example' })).toThrow(/https/)
  })
})

describe('electron-builder.yml', () => {
  it('sets every fuse on purpose', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  it('installs for the machine, compiles nothing, keeps the data, and looks for updates nowhere by itself', () => {
    expect(config).toMatchObject({ asar: true, npmRebuild: false })
    expect(config.nsis).toMatchObject({ perMachine: true, deleteAppDataOnUninstall: false })
    expect(new URL(config.publish.url).hostname).toMatch(/\.invalid$/)
  })

  it('keeps the code by which Windows finds the version to replace', () => {
    expect(config.msi.upgradeCode).toBe('5C4C2E0B-7F7D-4A53-9D0C-2B8E6B1E9A41')
  })
})
