import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { z } from 'zod'
import { type SampleApi, type SampleApiOptions, startSampleApi } from '../../app/commerce/sample-api/index.ts'
import { type Finished, runCli, type Started, startCli } from '../../build/program.ts'

export { expect }

const ServeLine = z.object({ address: z.url() })

export type Service = {
  /** Where a browser enters, with its token. */
  readonly address: string
  /** Ends the service, or kills it as a power cut would. */
  stop(how?: 'politely' | 'by-force'): Promise<void>
  /** Starts it again on the same data folder and port; answers the address to enter. */
  start(): Promise<string>
  /** Both. */
  restart(how?: 'politely' | 'by-force'): Promise<string>
}

export type TenantChoice = {
  readonly name?: string
  readonly key?: string
  readonly extra?: readonly string[]
}

type Fixtures = {
  /** What the sample API holds and how it behaves: `test.use({ sample: { quotes: 5 } })`. */
  sample: SampleApiOptions
  /** Faults in the browser's console that this test provokes on purpose. (Playwright would take a bare list for a value with its options.) */
  expectedConsole: RegExp | null
  dataFolder: string
  /** In this process, so that a test can change its records and manners and count its requests. */
  sampleApi: SampleApi
  /** Runs a command of the command line on this test's data folder; not while the service holds it, except to read. */
  cli: (args: readonly string[], stdin?: string) => Promise<Finished>
  /** Adds a tenant that is fed by the sample API, all its past included; returns its name. */
  addTenant: (choice?: TenantChoice) => Promise<string>
  /** The real service on this test's data folder; started when a test first asks for it, after what the test did before. */
  startService: () => Promise<Service>
  /** Fails the test when the page logged an error, threw, or asked any host but this machine. */
  watchedPage: undefined
}

/** What a page logs while its service is gone, however it went, and when it is back with another token. */
export const serviceGone =
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING|status of 401/

/** Each test gets its own data folder, sample API and service process: nothing is shared, nothing is mocked. */
export const test = base.extend<Fixtures>({
  sample: [{ customers: 12, products: 20, quotes: 15, orders: 8 }, { option: true }],
  expectedConsole: [null, { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are needed from this pattern
  dataFolder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'commerce-integrator-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  },

  sampleApi: async ({ sample }, use) => {
    const api = await startSampleApi({ requestsPerMinute: 100_000, requestsPerDay: 1_000_000, ...sample })
    await use(api)
    await api.stop()
  },

  cli: async ({ dataFolder }, use) => {
    await use((args, stdin) => runCli(['--data', dataFolder, ...args], stdin === undefined ? {} : { stdin }))
  },

  addTenant: async ({ cli, dataFolder, sampleApi }, use) => {
    await use(async ({ name = 'Sample', key = sampleApi.key, extra = [] } = {}) => {
      const address = [
        '--url',
        'https://sample.mydattocommerce.com',
        '--api-url',
        sampleApi.url,
        '--api-key-stdin',
      ]
      const halo = ['--halo', `sqlite:${join(dataFolder, 'halo.db')}`, '--sync-from', '2020-01-01T00:00:00Z']
      const limits = ['--requests-per-minute', '100000', '--requests-per-day', '1000000']
      const out = await cli(['tenant', 'add', '--name', name, ...address, ...halo, ...limits, ...extra], key)
      expect(out.status, out.stderr).toBe(0)
      return name
    })
  },

  startService: async ({ dataFolder }, use) => {
    let running: Started | null = null
    // The first start takes a free port; later ones the same, as a service with a fixed port would.
    let port = '0'
    const start = async () => {
      running = await startCli(['--data', dataFolder, 'serve', '--port', port, '--json'])
      const { address } = ServeLine.parse(JSON.parse(running.firstLine))
      port = new URL(address).port
      return address
    }
    const stop: Service['stop'] = async (how = 'politely') => {
      await (how === 'politely' ? running?.stop() : running?.kill())
    }
    const restart: Service['restart'] = async (how) => {
      await stop(how)
      return start()
    }
    await use(async () => ({ address: await start(), start, stop, restart }))
    await (running as Started | null)?.stop()
  },

  watchedPage: [
    // After startService in this list, so that the look back comes before the service goes away under the page.
    async ({ page, expectedConsole, startService: _ }, use) => {
      const troubles: string[] = []
      page.on('pageerror', (error) => troubles.push(`threw: ${error.message}`))
      page.on('console', (message) => {
        const text = message.text()
        if (message.type() === 'error' && !expectedConsole?.test(text)) troubles.push(`logged: ${text}`)
      })
      page.on('request', (request) => {
        const url = new URL(request.url())
        if (url.protocol.startsWith('http') && url.hostname !== '127.0.0.1')
          troubles.push(`asked ${url.host}`)
      })
      await use(undefined)
      expect(troubles).toEqual([])
    },
    { auto: true },
  ],
})
