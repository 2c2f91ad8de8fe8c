import type { Result } from '../model/fault.ts'
import type { Clock } from '../model/ports.ts'
import type { HaloTarget } from '../model/tenant.ts'
import type { Destination } from './destination.ts'
import { openSqliteHalo } from './sql/open.ts'

/** Opens the Halo that a tenant feeds. */
export function openHalo(
  target: HaloTarget,
  { clock }: { readonly clock: Clock },
): Promise<Result<Destination>> {
  return openSqliteHalo({ file: target.file, clock })
}
