import type { HttpClient } from '../../../../app/http/types.ts'
import { ok } from '../../../../app/model/fault.ts'
import { defaultNetwork } from '../../../../app/model/network.ts'
import { defaultUpdates } from '../../../../app/model/settings.ts'
import type { Exchanges } from '../../../../app/store/exchanges.ts'
import type { Store } from '../../../../app/store/open.ts'
import type { TenantView } from '../../../../main/api/port.ts'
import { createInspectorDesk, type InspectorDesk } from '../../../../main/inspector/desk.ts'

const nowhere: HttpClient = {
  send: () => Promise.reject(new Error('nothing is sent in this test')),
  close: async () => undefined,
}

/** The inspector's desk on a real store and real exchanges; what it sends goes to `http`. */
export function testInspector(
  store: Store,
  exchanges: Exchanges,
  nowMs: number,
  tenants: () => readonly TenantView[] = () => [],
  http: HttpClient = nowhere,
): InspectorDesk {
  return createInspectorDesk({
    ...{ store, exchanges, http, clock: { now: () => nowMs }, onChange: () => undefined },
    tenants: { keyOf: () => ok('planted-key-of-the-tenant'), budgetKeyOf: (key) => `hash of ${key.length}` },
    report: {
      ...{ version: '0.1.0', mode: 'service', startedAt: new Date(nowMs).toISOString() },
      logFolder: store.folder,
      clean: (text) => text,
      tenants,
      settings: () => ({
        network: defaultNetwork,
        proxyPassword: { setAt: '2026-05-10T12:00:00.000Z', endsIn: 'word' },
        log: { level: 'info', folder: store.folder },
        vault: { kind: 'keyfile', isAvailable: true, canMoveTo: [], secrets: 1, lost: [] },
        updates: defaultUpdates,
      }),
      haloCheck: async () => ok([]),
    },
  })
}
