import type { Fault } from '../../../app/model/fault.ts'
import type { NewTenant, Schedule, Tenant } from '../../../app/model/tenant.ts'
import { entitiesShown } from '../../words.ts'
import { numberRule } from './field-rules.ts'
import { type ReconcilePlan, reconcileOf, reconcilePlanOf } from './reconcile-plan.ts'

/** When and what a tenant syncs, as typed in the form. */
export type Plan = {
  readonly entities: readonly string[]
  readonly kind: Schedule['kind']
  readonly minutes: string
  readonly hasHours: boolean
  readonly from: string
  readonly to: string
  readonly cron: string
  /** IANA name, for hours and cron lines. */
  readonly zone: string
  /** Local time of this screen, "2026-05-01T09:00". */
  readonly syncFrom: string
  readonly perMinute: string
  readonly perDay: string
  /** Percent. */
  readonly reserve: string
  readonly reconcile: ReconcilePlan
}

export function planOf({ entities, schedule, syncFrom, reserve, ...tenant }: Tenant): Plan {
  const between = schedule.kind === 'every' ? schedule.between : null
  return {
    entities: entitiesShown.filter((entity) => entities.includes(entity)),
    kind: schedule.kind,
    minutes: schedule.kind === 'every' ? String(schedule.minutes) : '15',
    hasHours: between !== null,
    from: between?.from ?? '07:00',
    to: between?.to ?? '19:00',
    cron: schedule.kind === 'cron' ? schedule.line : '0 * * * *',
    zone: schedule.kind === 'off' ? Intl.DateTimeFormat().resolvedOptions().timeZone : schedule.zone,
    syncFrom: localMinute(syncFrom),
    perMinute: String(tenant.requestsPerMinute),
    perDay: String(tenant.requestsPerDay),
    reserve: String(Math.round(reserve * 100)),
    reconcile: reconcilePlanOf(tenant.reconcile),
  }
}

/** What is to be saved. The exact time and share stay when they were not touched: the form shows less of them than there is. */
export function patchOf(plan: Plan, tenant: Tenant): Partial<NewTenant> {
  const before = planOf(tenant)
  return {
    entities: entitiesShown.filter((entity) => plan.entities.includes(entity)),
    schedule: scheduleOf(plan),
    ...(JSON.stringify(plan.reconcile) === JSON.stringify(before.reconcile)
      ? {}
      : { reconcile: reconcileOf(plan.reconcile) }),
    requestsPerMinute: Number(plan.perMinute),
    requestsPerDay: Number(plan.perDay),
    ...(plan.reserve === before.reserve ? {} : { reserve: Number(plan.reserve) / 100 }),
    ...(plan.syncFrom === before.syncFrom || Number.isNaN(Date.parse(plan.syncFrom))
      ? {}
      : { syncFrom: new Date(plan.syncFrom).toISOString() }),
  }
}

function scheduleOf({ kind, minutes, hasHours, from, to, ...plan }: Plan): Schedule {
  const zone = plan.zone.trim()
  if (kind === 'off') return { kind }
  if (kind === 'cron') return { kind, line: plan.cron.trim(), zone }
  return { kind, minutes: Number(minutes), between: hasHours ? { from, to } : null, zone }
}

/** UTC ISO as the local time that an input of type datetime-local wants. */
function localMinute(iso: string): string {
  const at = new Date(iso)
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** What is wrong, in words, field by field. */
export type Wrong = Partial<
  Record<
    'minutes' | 'hours' | 'cron' | 'zone' | 'syncFrom' | 'perMinute' | 'perDay' | 'reserve' | 'reconcile',
    string
  >
>

export function wrongIn(plan: Plan): Wrong {
  const hasZone = plan.kind === 'cron' || (plan.kind === 'every' && plan.hasHours)
  const hasHours = plan.kind === 'every' && plan.hasHours
  const found: [keyof Wrong, string | true][] = [
    ['minutes', plan.kind === 'every' ? numberRule(1, 1440)(plan.minutes) : true],
    ['hours', hasHours && (plan.from === '' || plan.to === '') ? 'Enter both times of day.' : true],
    ['cron', plan.kind === 'cron' && plan.cron.trim() === '' ? 'Enter a cron line.' : true],
    ['zone', hasZone && plan.zone.trim() === '' ? 'Enter a time zone, such as Europe/London.' : true],
    ['syncFrom', Number.isNaN(Date.parse(plan.syncFrom)) ? 'Enter a day and a time.' : true],
    ['perMinute', numberRule(1, 100_000)(plan.perMinute)],
    ['perDay', numberRule(1, 100_000_000)(plan.perDay)],
    ['reserve', numberRule(0, 50)(plan.reserve)],
    ['reconcile', plan.reconcile.isOn && plan.reconcile.zone.trim() === '' ? 'Enter a time zone.' : true],
  ]
  return Object.fromEntries(found.filter(([, verdict]) => verdict !== true))
}

const fields: Readonly<Record<string, keyof Wrong>> = {
  'schedule.line': 'cron',
  'schedule.zone': 'zone',
  'schedule.between': 'hours',
  'reconcile.line': 'reconcile',
  'reconcile.zone': 'reconcile',
}

/** What the engine refused, at the field of this form that it is about; null when it is about none. */
export function refusedAt({ facts }: Fault): Wrong | null {
  const field = fields[String(facts?.field)]
  return field ? { [field]: String(facts?.problem ?? 'This cannot be used.') } : null
}
