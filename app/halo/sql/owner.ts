import { fail, fault, ok, type Result } from '../../model/fault.ts'
import type { Owner } from '../destination.ts'
import { applyPlans } from './apply.ts'
import type { Row, SqlSession } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { newDraft, rowKey } from './rows.ts'
import { type Statements, selectAll } from './statements.ts'

/** One spelling for the addresses of one instance: no scheme, no trailing slash, lower case. */
export const normalUrl = (url: unknown): string =>
  String(url ?? '')
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')

type Place = {
  readonly session: SqlSession
  readonly statements: Statements
  readonly schema: LiveSchema
}

/** The DattoCommerceDetails row of an instance, made when missing: disabled and without a key, so that Halo's own integration stays asleep. */
export async function findOrMakeOwner(
  { session, statements, schema }: Place,
  instanceUrl: string,
  mode: 'write' | 'preview',
): Promise<Result<Owner>> {
  const { tenant } = schema.tables
  const wanted = normalUrl(instanceUrl)
  if (wanted === '') return fail(fault('url-invalid', { facts: { url: instanceUrl } }))
  const rows = await selectAll(session, statements, tenant, ['DCDid', 'DCDUrl'])
  const found = rows.find((row: Row) => normalUrl(row.DCDUrl) === wanted)
  if (found) return ok({ haloTenantId: rowKey(tenant, found) })
  if (mode === 'preview') return ok({ haloTenantId: -1 })
  const draft = newDraft(schema, instanceUrl.trim())
  const plan = draft.row(tenant, null, { DCDUrl: instanceUrl.trim(), dcdhalointegratorenabled: false })
  const planned = draft.done(plan)
  if (!planned.ok) return fail(planned.fault)
  const applied = await applyPlans(session, schema, [planned.plan])
  if (!applied.ok) return applied
  return plan.key === null
    ? fail(fault('halo-error', { raw: 'The new row has no key.' }))
    : ok({ haloTenantId: plan.key })
}
