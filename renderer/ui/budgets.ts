import type { BudgetUse, TenantHealth, TenantView } from '../api.ts'

/** What one API key has used. Tenants with the same key share its limits. */
type KeyBudget = {
  readonly names: readonly string[]
  /** The key's last letters; '' for a short one or none. */
  readonly endsIn: string
  readonly budget: BudgetUse
}

/** One entry a key: the engine never tells a key, so two tenants are taken to share one when its end and all its figures are the same. */
export function budgetsByKey(
  health: readonly TenantHealth[],
  tenants: readonly Pick<TenantView, 'tenant' | 'key'>[],
): readonly KeyBudget[] {
  const keys = new Map<string, KeyBudget>()
  for (const { tenantId, budget } of health) {
    const view = tenants.find(({ tenant }) => tenant.id === tenantId)
    if (!view) continue
    const endsIn = view.key?.endsIn ?? ''
    const same = endsIn === '' ? String(tenantId) : `${endsIn} ${budget.minute} ${budget.day}`
    const names = [...(keys.get(same)?.names ?? []), view.tenant.name]
    keys.set(same, { names, endsIn, budget })
  }
  return [...keys.values()]
}

const shareOf = ({ budget: { minute, perMinute, day, perDay } }: KeyBudget): number =>
  Math.max(minute / perMinute, day / perDay)

/** The key that has used most of one of its limits. */
export const busiest = (keys: readonly KeyBudget[]): KeyBudget | undefined =>
  keys.toSorted((a, b) => shareOf(b) - shareOf(a))[0]
