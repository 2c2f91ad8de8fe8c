import type { HaloMeans } from '../app/halo/open.ts'
import { type SelfTestStep, selfTest } from '../app/halo/sql/self-test.ts'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import { type HaloTarget, placeOfTarget } from '../app/model/halo-target.ts'
import { defaultNetwork } from '../app/model/network.ts'

/** Runs the self-test on the server of a Halo in SQL. input-invalid for one that is no database server; else the faults of opening it. */
export async function selfTestHalo(
  target: HaloTarget,
  { secret = null, network = defaultNetwork }: HaloMeans,
): Promise<Result<readonly SelfTestStep[]>> {
  if (target.kind !== 'mssql' && target.kind !== 'postgres')
    return fail(
      fault('input-invalid', { facts: { field: 'halo', problem: 'only a database server has a self-test' } }),
    )
  if (secret === null) return fail(fault('halo-secret-missing', { facts: { name: placeOfTarget(target) } }))
  const opened =
    target.kind === 'mssql'
      ? await (await import('../app/halo/sql/dialects/mssql.ts')).openMssqlDialect({
          ...{ target, password: secret, network },
        })
      : await (await import('../app/halo/sql/dialects/postgres.ts')).openPostgresDialect({
          ...{ target, password: secret, network },
        })
  if (!opened.ok) return opened
  try {
    return ok(await selfTest(opened.value))
  } finally {
    await opened.value.close()
  }
}
