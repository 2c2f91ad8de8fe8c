import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import {
  defaultLogLevel,
  defaultUpdates,
  type LogLevel,
  logLevelSchema,
  type UpdateSettings,
  updateSettingsSchema,
} from '../app/model/settings.ts'
import type { Store } from '../app/store/open.ts'
import type { SettingsPort } from './api/port.ts'
import type { Log } from './log.ts'
import type { NetworkControl } from './network.ts'
import type { OpenVault } from './vault/open.ts'

export const logLevelOf = (store: Store): LogLevel =>
  store.settings.get('log-level', logLevelSchema) ?? defaultLogLevel

export const updatesOf = (store: Store): UpdateSettings =>
  store.settings.get('updates', updateSettingsSchema) ?? defaultUpdates

type SettingsParts = {
  readonly store: Store
  readonly network: NetworkControl
  readonly vault: OpenVault
  readonly log: Log
  readonly onChange: () => void
}

/** The settings of the program itself, each change in the audit log; a tenant's are in tenants.ts. */
export function createSettings({ store, network, vault, log, onChange }: SettingsParts): SettingsPort {
  const keep = (
    key: string,
    what: string,
    before: unknown,
    after: NonNullable<unknown>,
    who: string,
  ): void => {
    store.settings.set(key, after)
    store.audit.add({ who, what, tenantId: null, before, after })
    onChange()
  }
  return {
    get: () => ({
      network: network.settings(),
      proxyPassword: network.password(),
      log: { level: log.level(), folder: log.folder },
      vault: vault.state(),
      updates: updatesOf(store),
    }),
    setNetwork: (given, password, who = 'person') => network.set(given, password, who),
    setLogLevel: (level, who = 'person') => {
      keep('log-level', 'log level changed', logLevelOf(store), level, who)
      log.setLevel(level)
      return ok(null)
    },
    setUpdates: (updates, who = 'person') => {
      if (updates.window && updates.window.from === updates.window.to)
        return fail(fault('input-invalid', { facts: { field: 'window', reason: 'it begins when it ends' } }))
      keep('updates', 'update settings changed', updatesOf(store), updates, who)
      return ok(null)
    },
    moveSecrets: (to, who = 'person'): Result<{ carried: readonly string[]; lost: readonly string[] }> => {
      const moved = vault.moveTo(to)
      if (moved.ok)
        store.audit.add({ who, what: `secrets moved to ${to}`, tenantId: null, after: moved.value })
      onChange()
      return moved
    },
  }
}
