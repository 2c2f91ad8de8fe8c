import type { Destination } from '../../../../../app/halo/destination.ts'
import type { HaloApi } from '../../../../../app/halo/rest/api.ts'
import { openRestHalo, type RestHaloOptions, restApi } from '../../../../../app/halo/rest/open.ts'
import { createHttpClient } from '../../../../../app/http/client.ts'
import type { HttpClient } from '../../../../../app/http/types.ts'
import { defaultNetwork } from '../../../../../app/model/network.ts'
import { type FakeHalo, type Quirks, startFakeHalo } from '../../../../fake-halo/index.ts'
import { keepingSink, openBook, standingClock } from '../../http/stage.ts'

/** A fake Halo, a destination into it, and what was recorded of their talk. */
export type RestStage = {
  readonly fake: FakeHalo
  readonly http: HttpClient
  readonly sink: ReturnType<typeof keepingSink>
  readonly clock: ReturnType<typeof standingClock>
  readonly options: RestHaloOptions
  /** The API itself, without a destination over it. */
  api(options?: RestHaloOptions): HaloApi
  open(): Promise<Destination>
  close(): Promise<void>
}

export async function restStage(quirks: Partial<Quirks> = {}): Promise<RestStage> {
  const fake = await startFakeHalo(quirks)
  const sink = keepingSink()
  // The fake's tokens live by the real clock.
  const clock = standingClock(Date.now())
  const http = createHttpClient({
    clock,
    sink,
    book: openBook(),
    network: { ...defaultNetwork, proxy: { mode: 'none' } },
    sleep: clock.sleep,
  })
  const options: RestHaloOptions = {
    target: { kind: 'rest', address: fake.url, tenant: null, clientId: fake.clientId },
    secret: fake.secret,
    clock,
    http,
    facts: { purpose: 'sync', tenantId: 1, runId: null },
  }
  return {
    ...{ fake, http, sink, clock, options },
    api: (given = options) => {
      const made = restApi(given)
      if (!made.ok) throw new Error(made.fault.code)
      return made.value
    },
    open: async () => {
      const opened = await openRestHalo(options)
      if (!opened.ok) throw new Error(JSON.stringify(opened.fault))
      return opened.value
    },
    close: async () => {
      await http.close()
      await fake.close()
    },
  }
}
