import type { Schedule, Tenant } from '../../../app/model/tenant.ts'
import { entitiesShown } from '../../words.ts'
import { numberRule } from './field-rules.ts'

/** When and what a tenant syncs, as typed in the form. */
export type Plan = {
  readonly entities: readonly string[]
  readonly kind: Schedule['kind']
  readonly minutes: string
  readonly cron: string
  readonly perMinute: string
  readonly perDay: string
}

export const planOf = (tenant: Tenant): Plan => ({
  entities: tenant.entities,
  kind: tenant.schedule.kind,
  minutes: tenant.schedule.kind === 'every' ? String(tenant.schedule.minutes) : '15',
  cron: tenant.schedule.kind === 'cron' ? tenant.schedule.line : '0 * * * *',
  perMinute: String(tenant.requestsPerMinute),
  perDay: String(tenant.requestsPerDay),
})

/** What is to be saved. The zone and hours of the schedule before stay. */
export const patchOf = (plan: Plan, before: Schedule) => ({
  entities: entitiesShown.filter((entity) => plan.entities.includes(entity)),
  schedule: scheduleOf(plan, before),
  requestsPerMinute: Number(plan.perMinute),
  requestsPerDay: Number(plan.perDay),
})

function scheduleOf(plan: Plan, before: Schedule): Schedule {
  const zone = before.kind === 'off' ? Intl.DateTimeFormat().resolvedOptions().timeZone : before.zone
  if (plan.kind === 'off') return { kind: 'off' }
  if (plan.kind === 'cron') return { kind: 'cron', line: plan.cron.trim(), zone }
  const between = before.kind === 'every' ? before.between : null
  return { kind: 'every', minutes: Number(plan.minutes), between, zone }
}

/** What is wrong, in words, field by field. */
export type Wrong = Partial<Record<'minutes' | 'cron' | 'perMinute' | 'perDay', string>>

export function wrongIn(plan: Plan): Wrong {
  const found: [keyof Wrong, string | true][] = [
    ['minutes', plan.kind === 'every' ? numberRule(1, 1440)(plan.minutes) : true],
    ['cron', plan.kind === 'cron' && plan.cron.trim() === '' ? 'Enter a cron line.' : true],
    ['perMinute', numberRule(1, 100_000)(plan.perMinute)],
    ['perDay', numberRule(1, 100_000_000)(plan.perDay)],
  ]
  return Object.fromEntries(found.filter(([, verdict]) => verdict !== true))
}
