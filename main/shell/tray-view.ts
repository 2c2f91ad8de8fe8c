import type { ShellFacts, ShellTenant } from './facts.ts'

/** What the tray shows and offers, worked out from the facts alone. Pure: tray.ts only draws it. */
type TrayIcon = 'idle' | 'syncing' | 'paused' | 'attention'

export type TrayAction =
  | { readonly do: 'open'; readonly path: string | null }
  | { readonly do: 'sync'; readonly tenantIds: readonly number[] }
  | { readonly do: 'pause'; readonly tenantIds: readonly number[]; readonly for: 'hour' | 'good' }
  | { readonly do: 'resume'; readonly tenantIds: readonly number[] }
  | { readonly do: 'logs' | 'about' | 'quit' }
  | { readonly do: 'login-item'; readonly isOn: boolean }

export type MenuEntry =
  | 'line'
  | {
      readonly label: string
      readonly isEnabled: boolean
      readonly isChecked?: boolean
      readonly action: TrayAction
    }
  | { readonly label: string; readonly entries: readonly MenuEntry[] }

export type TraySurroundings = {
  readonly nowMs: number
  /** service: the engine is elsewhere, and quitting leaves it running. */
  readonly kind: 'own' | 'service'
  /** Path of the inspector's screen; null when the program has none. */
  readonly inspectorPath: string | null
  /** null: this system has no login items. */
  readonly startsAtLogin: boolean | null
  /** IANA zone and locale for the tooltip's times; the system's own when absent. */
  readonly zone?: string
  readonly locale?: string
}

export type TrayView = {
  readonly icon: TrayIcon
  readonly tooltip: string
  readonly menu: readonly MenuEntry[]
}

/** Windows cuts a tooltip at 127 characters. */
const tooltipLimit = 127

export function trayView(facts: ShellFacts, around: TraySurroundings): TrayView {
  const active = facts.tenants.filter((tenant) => tenant.isEnabled)
  return {
    icon: iconOf(facts, active, around.nowMs),
    tooltip: tooltipOf(facts, active, around),
    menu: menuOf(facts, active, around),
  }
}

const isPaused = (tenant: ShellTenant, nowMs: number): boolean =>
  tenant.pausedUntil !== null && Date.parse(tenant.pausedUntil) > nowMs

/** Trouble is shown even while syncing: a sync every few minutes would else hide it. */
function iconOf(facts: ShellFacts, active: readonly ShellTenant[], nowMs: number): TrayIcon {
  if (!facts.isReachable || active.some((tenant) => tenant.state === 'failing')) return 'attention'
  if (active.some((tenant) => tenant.isRunning)) return 'syncing'
  return active.length > 0 && active.every((tenant) => isPaused(tenant, nowMs)) ? 'paused' : 'idle'
}

function tooltipOf(facts: ShellFacts, active: readonly ShellTenant[], around: TraySurroundings): string {
  const lines = ['Commerce Integrator', stateLine(facts, active, around), ...timeLines(facts, active, around)]
  return lines.join('\n').slice(0, tooltipLimit)
}

function stateLine(facts: ShellFacts, active: readonly ShellTenant[], { nowMs }: TraySurroundings): string {
  if (!facts.isReachable) return 'The service does not answer.'
  if (facts.tenants.length === 0) return 'No tenant yet.'
  if (active.length === 0) return 'No tenant is enabled.'
  const failing = active.filter((tenant) => tenant.state === 'failing')
  const [first] = failing
  if (first)
    return failing.length > 1 ? `${failing.length} tenants need you.` : `${short(first.name)} needs you.`
  const running = active.filter((tenant) => tenant.isRunning)
  const [now] = running
  if (now) return running.length > 1 ? `Syncing ${running.length} tenants.` : `Syncing ${short(now.name)}.`
  return active.every((tenant) => isPaused(tenant, nowMs)) ? 'Paused.' : 'All is in order.'
}

function timeLines(
  facts: ShellFacts,
  active: readonly ShellTenant[],
  around: TraySurroundings,
): readonly string[] {
  if (!facts.isReachable || active.length === 0) return []
  const at = (iso: string): string => timeText(iso, around)
  const last = active
    .flatMap(({ lastGoodAt }) => lastGoodAt ?? [])
    .sort()
    .at(-1)
  const next = active
    .filter((tenant) => !isPaused(tenant, around.nowMs))
    .flatMap(({ nextDueAt }) => nextDueAt ?? [])
    .sort()[0]
  return [last ? `Last sync ${at(last)}` : 'Not synced yet', ...(next ? [`Next sync ${at(next)}`] : [])]
}

/** The time of day; with the date when it is another day. */
function timeText(iso: string, { nowMs, zone, locale }: TraySurroundings): string {
  const named = zone === undefined ? {} : { timeZone: zone }
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'short', ...named })
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...named })
  const date = new Date(iso)
  const isToday = day.format(date) === day.format(new Date(nowMs))
  return isToday ? time.format(date) : `${day.format(date)} ${time.format(date)}`
}

const short = (name: string): string => (name.length > 40 ? `${name.slice(0, 39)}…` : name)
/** An ampersand would underline the next letter of a menu's label. */
const plain = (name: string): string => short(name).replaceAll('&', '&&')

function menuOf(
  facts: ShellFacts,
  active: readonly ShellTenant[],
  around: TraySurroundings,
): readonly MenuEntry[] {
  const { inspectorPath, startsAtLogin, kind } = around
  const entry = (label: string, action: TrayAction, isEnabled = true): MenuEntry => ({
    label,
    isEnabled,
    action,
  })
  return [
    entry('Open', { do: 'open', path: null }),
    'line',
    ...syncEntries(facts, active),
    ...pauseEntries(facts, active, around.nowMs),
    'line',
    ...(inspectorPath === null ? [] : [entry('API inspector', { do: 'open', path: inspectorPath })]),
    entry('Log folder', { do: 'logs' }),
    ...(startsAtLogin === null
      ? []
      : [
          {
            label: 'Start at login',
            isEnabled: true,
            isChecked: startsAtLogin,
            action: { do: 'login-item', isOn: !startsAtLogin } as const,
          },
        ]),
    entry('About', { do: 'about' }),
    'line',
    entry(kind === 'own' ? 'Quit (syncing stops)' : 'Quit (the service goes on)', { do: 'quit' }),
  ]
}

function syncEntries(facts: ShellFacts, active: readonly ShellTenant[]): readonly MenuEntry[] {
  const startable = active.filter((tenant) => !tenant.isRunning)
  const ids = startable.map(({ id }) => id)
  const all: MenuEntry = {
    label: active.length > 1 ? 'All tenants' : 'Sync now',
    isEnabled: facts.isReachable && ids.length > 0,
    action: { do: 'sync', tenantIds: ids },
  }
  if (active.length < 2) return [all]
  const each = active.map(
    (tenant): MenuEntry => ({
      label: tenant.isRunning ? `${plain(tenant.name)} (running)` : plain(tenant.name),
      isEnabled: facts.isReachable && !tenant.isRunning,
      action: { do: 'sync', tenantIds: [tenant.id] },
    }),
  )
  return [{ label: 'Sync now', entries: [all, 'line', ...each] }]
}

function pauseEntries(
  facts: ShellFacts,
  active: readonly ShellTenant[],
  nowMs: number,
): readonly MenuEntry[] {
  const paused = active.filter((tenant) => isPaused(tenant, nowMs)).map(({ id }) => id)
  const going = active.filter((tenant) => !isPaused(tenant, nowMs)).map(({ id }) => id)
  const canPause = facts.isReachable && going.length > 0
  return [
    {
      label: 'Pause',
      entries: [
        { label: 'For 1 hour', isEnabled: canPause, action: { do: 'pause', tenantIds: going, for: 'hour' } },
        {
          label: 'Until resumed',
          isEnabled: canPause,
          action: { do: 'pause', tenantIds: going, for: 'good' },
        },
      ],
    },
    ...(paused.length === 0
      ? []
      : [
          {
            label: 'Resume',
            isEnabled: facts.isReachable,
            action: { do: 'resume', tenantIds: paused },
          } as const,
        ]),
  ]
}
