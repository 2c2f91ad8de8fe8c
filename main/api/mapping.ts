import { z } from 'zod'
import { type Category, categorySchema } from '../../app/model/commerce.ts'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import type { HaloClientField } from '../../app/model/halo-fields.ts'
import { type Mapping, mappingSchema, olderMapping } from '../../app/model/mapping.ts'
import { checkMapping } from '../../app/model/mapping-checks.ts'
import { diffMapping } from '../../app/model/mapping-diff.ts'
import type { Tenant } from '../../app/model/tenant.ts'
import { exampleOf, exampleSchema, findCustomers, linkExamples, parsed } from './mapping-example.ts'
import type { EnginePort } from './port.ts'
import { call, idSchema, router, searchSchema } from './trpc.ts'

const parts = mappingSchema.shape
/** Only the parts that a screen changes, so that two screens do not undo each other. */
const patchSchema = z.object({
  customerFields: parts.customerFields.exactOptional(),
  quoteStatus: parts.quoteStatus.exactOptional(),
  orderStatus: parts.orderStatus.exactOptional(),
  orderStatusesToImport: parts.orderStatusesToImport.exactOptional(),
  groups: parts.groups.exactOptional(),
  defaultGroup: parts.defaultGroup.exactOptional(),
  createItemsFromQuotes: parts.createItemsFromQuotes.exactOptional(),
  setProductSupplier: parts.setProductSupplier.exactOptional(),
  interpretation: parts.interpretation.exactOptional(),
}) satisfies z.ZodType<Partial<Mapping>>

const mappedSchema = z.object({ mapping: z.unknown() })
const historyRows = 200
const changesShown = 100
const ofTenant = z.object({ id: idSchema })

/** A tenant's mapping: what can be chosen from, what is in use, saving with its checks, and the history. */
export const mappingRouter = router({
  /** What Halo has to choose from; a Halo that cannot be asked is a fault in the answer, for the screen is of use without. */
  choices: call.input(ofTenant).query(({ ctx, input }) => ctx.engine.tenants.choices(input.id)),
  /** How many records have each Commerce status; null for none. */
  statuses: call
    .input(ofTenant.extend({ entity: z.enum(['quotes', 'salesOrders']) }))
    .query(({ ctx, input }) => ctx.engine.store.records.statusCounts(input.id, input.entity)),
  /** Commerce's categories as last read, with the products directly in each. */
  categories: call.input(ofTenant).query(({ ctx, input }) => {
    const { sources } = ctx.engine.store
    const products = sources.productsByCategory(input.id)
    return sources
      .all(input.id, 'category')
      .flatMap((row) => parsed(categorySchema, row))
      .map(({ id, parentID, name }: Category) => ({
        id,
        parentId: parentID,
        name: name ?? '',
        products: products.get(id) ?? 0,
      }))
  }),
  /** The values of the mappable fields of one customer: the newest, the one asked for, or the one before or after it. null: there is none. */
  example: call
    .input(ofTenant.extend({ of: exampleSchema.exactOptional() }))
    .query(({ ctx, input }) => exampleOf(ctx.engine.store.sources, input.id, input.of ?? { newest: true })),
  /** Customers to try the mapping with: by name, number or id. */
  findCustomers: call
    .input(ofTenant.extend({ text: searchSchema }))
    .query(({ ctx, input }) => findCustomers(ctx.engine.store, input.id, input.text)),
  /** What the placeholders of link templates stand for, at the newest record of each kind; kinds without any are absent. */
  linkExamples: call
    .input(ofTenant)
    .query(({ ctx, input }) => linkExamples(ctx.engine.store.sources, input.id)),
  /** Problems come back as input-invalid with `facts.field` ("customerFields.2.to") and `facts.problem`. */
  save: call
    .input(ofTenant.extend({ patch: patchSchema }))
    .mutation(({ ctx, input }) => save(ctx.engine, input.id, input.patch)),
  /** What Halo's own integration is set to; a Halo that cannot tell has no connection. */
  takeOver: call.input(ofTenant).query(({ ctx, input }) => ctx.engine.tenants.takeOver(input.id)),
  /** Starts a preview run of what this change would do; the mapping stays as it is. Faults: as of save, and those of a run's start. */
  preview: call.input(ofTenant.extend({ patch: patchSchema })).mutation(async ({ ctx, input }) => {
    const checked = await checkedMapping(ctx.engine, input.id, input.patch)
    return checked.ok ? ctx.engine.runs.previewMapping(input.id, checked.value) : checked
  }),
  /** Changes of the mapping, newest first, with what each one changed (`more`: changes beyond those told). */
  history: call.input(ofTenant).query(({ ctx, input }) =>
    changesOf(ctx.engine, input.id).map(({ auditId, at, who, changed, changes }) => ({
      ...{ auditId, at, who, changed },
      changes: changes.slice(0, changesShown),
      more: Math.max(0, changes.length - changesShown),
    })),
  ),
  /** Puts the parts that a change changed back to what they were before it. */
  revert: call.input(ofTenant.extend({ auditId: idSchema })).mutation(({ ctx, input }) => {
    const change = changesOf(ctx.engine, input.id).find(({ auditId }) => auditId === input.auditId)
    return change
      ? save(ctx.engine, input.id, change.before)
      : fail(fault('input-invalid', { facts: { problem: 'this change is not in the history' } }))
  }),
})

async function save(engine: EnginePort, id: number, patch: Partial<Mapping>): Promise<Result<null>> {
  const checked = await checkedMapping(engine, id, patch)
  return checked.ok ? engine.tenants.update(id, { mapping: checked.value }) : checked
}

/** The tenant's mapping with this change, or the first problem that the change brings. */
async function checkedMapping(
  engine: EnginePort,
  id: number,
  patch: Partial<Mapping>,
): Promise<Result<Mapping>> {
  const tenant = engine.tenants.get(id)?.tenant
  if (!tenant) return fail(fault('tenant-unknown', { facts: { id } }))
  const mapping = { ...tenant.mapping, ...patch }
  const clientFields = await clientFieldsFor(engine, tenant, patch)
  const problem = checkMapping(mapping, { clientFields, instanceUrl: tenant.instanceUrl }).find(
    ({ level, path }) => level === 'error' && Object.hasOwn(patch, path.split('.')[0] ?? ''),
  )
  return problem
    ? fail(fault('input-invalid', { facts: { field: problem.path, problem: problem.text } }))
    : ok(mapping)
}

/** null when no custom field is in question, or Halo cannot say: the run finds out then. */
async function clientFieldsFor(
  engine: EnginePort,
  tenant: Tenant,
  patch: Partial<Mapping>,
): Promise<readonly HaloClientField[] | null> {
  if (!patch.customerFields?.some(({ to }) => to.startsWith('cf:'))) return null
  const choices = await engine.tenants.choices(tenant.id)
  return choices.ok ? choices.value.clientFields : null
}

function changesOf(engine: EnginePort, id: number) {
  return engine.store.audit.list(id, 0, historyRows).flatMap((row) => {
    const before = olderMapping(mappedSchema.safeParse(row.before).data?.mapping)
    const after = olderMapping(mappedSchema.safeParse(row.after).data?.mapping)
    if (row.what !== 'tenant changed' || !before || !after) return []
    const changed = mappingSchema
      .keyof()
      .options.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))
    if (changed.length === 0) return []
    const former: Partial<Mapping> = Object.fromEntries(changed.map((part) => [part, before[part]]))
    return [
      {
        auditId: row.id,
        at: row.at,
        who: row.who,
        changed,
        changes: diffMapping(before, after),
        before: former,
      },
    ]
  })
}
