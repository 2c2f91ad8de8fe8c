import type { Store } from '../app/store/open.ts'
import { createGroupDesk, type GroupDesk } from './group-desk.ts'
import { createHaloKeeper, type HaloKeeper, openTenantHalo, type TenantHaloParts } from './halo-keeper.ts'
import { createMatchDesk, type MatchDesk } from './match-desk.ts'
import { createOrderDesk, type OrderDesk } from './order-desk.ts'
import { createQuoteDesk, type QuoteDesk } from './quote-desk.ts'
import { createRecordDesk, type RecordDesk } from './record-desk.ts'

export type Desks = {
  readonly groups: GroupDesk
  readonly matches: MatchDesk
  readonly orders: OrderDesk
  readonly quotes: QuoteDesk
  readonly recordDesk: RecordDesk
  readonly atHalo: HaloKeeper['use']
  /** Closes the Halos that were opened for them. */
  close(): Promise<void>
}

/** Where a person looks at records and arranges product groups: what asks a tenant's Halo outside a run. */
export function createDesks(
  parts: TenantHaloParts & {
    readonly store: Store
    readonly isBusy: (tenantId: number) => boolean
    readonly onChange: () => void
  },
): Desks {
  const { store, clock, isBusy, onChange } = parts
  const open: Parameters<typeof createHaloKeeper>[0] = (tenant) => openTenantHalo(tenant, parts)
  const halos = createHaloKeeper(open)
  return {
    groups: createGroupDesk({ store, halos, onChange, who: 'person' }),
    matches: createMatchDesk({ store, clock, halos, isBusy, onChange, who: 'person' }),
    orders: createOrderDesk({ store, clock, halos, onChange, who: 'person' }),
    quotes: createQuoteDesk({ store, clock, halos, onChange, who: 'person' }),
    recordDesk: createRecordDesk({ store, open }),
    atHalo: halos.use,
    close: halos.close,
  }
}
