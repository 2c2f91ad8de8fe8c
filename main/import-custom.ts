import { setTimeout as later } from 'node:timers/promises'
import { type Fault, fail, fault, ok, type Result } from '../app/model/fault.ts'
import { customFields } from '../app/model/sheet/custom-fields.ts'
import type { SheetField } from '../app/model/sheet/field-type.ts'
import type { Entity } from '../app/model/tenant.ts'
import type { ImportWizardParts } from './import-port.ts'

type Parts = Pick<ImportWizardParts, 'store' | 'atHalo'>

/** Halo's custom fields that a sheet of these records may have a column for: clients have some. A Halo that tells none of their types has none. */
export async function customOf(
  { store, atHalo }: Parts,
  tenantId: number,
  entity: Entity,
): Promise<Result<readonly SheetField[]>> {
  if (entity !== 'customers') return ok([])
  const tenant = store.tenants.get(tenantId)
  if (!tenant) return fail(fault('tenant-unknown'))
  return atHalo(tenant, async ({ clientFields }) => {
    const fields = clientFields ? await clientFields() : ok([])
    return fields.ok ? ok(customFields(fields.value)) : fields
  })
}

/** A file is not kept waiting for a Halo that cannot be reached; the fields can be asked for again. */
const waitMs = 5_000

/** The same, where somebody waits: after a while without. Null: not known. */
export async function customSoon(
  parts: Parts,
  tenantId: number,
  entity: Entity,
): Promise<readonly SheetField[] | null> {
  const late: Fault = fault('cancelled')
  const found = await Promise.race([
    customOf(parts, tenantId, entity),
    later(waitMs, fail(late), { ref: false }),
  ])
  return found.ok ? found.value : null
}
