import { createNetwork, type Network } from '../../app/http/network.ts'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import {
  isSameLogin,
  type MailServer,
  type MailServerInput,
  mailServerSchema,
} from '../../app/model/mail/server.ts'
import type { Store } from '../../app/store/open.ts'
import type { NetworkControl } from '../network.ts'
import type { SecretNote, Vault } from '../vault/vault.ts'

/** The name under which the password of the mail server lies in the vault. */
export const mailPasswordName = 'mail-password'

export type MailServerView = { readonly server: MailServer | null; readonly password: SecretNote | null }

/** The mail server with what a sending needs of it. */
export type MailServerNow = {
  readonly server: MailServer
  readonly password: string | null
  readonly network: Network
}

export type MailServerControl = {
  view(): MailServerView
  /**
   * `password`: a new one, null to forget it, undefined to leave it; one that was entered for another server or user is forgotten. input-invalid (field
   * "password") when a user has none.
   */
  set(given: MailServerInput, password: string | null | undefined, who: string): Result<null>
  /** Nothing is sent any more. */
  forget(who: string): Result<null>
  /** Faults: mail-no-server, secret-lost, input-invalid for a file of authorities that is gone. */
  now(): Result<MailServerNow>
  /** As `now`, for settings that are not saved. */
  with(given: MailServerInput, password: string | null | undefined): Result<MailServerNow>
}

export type MailServerParts = {
  readonly store: Store
  readonly vault: Vault
  readonly network: Pick<NetworkControl, 'settings'>
  readonly onChange: () => void
}

const settingName = 'mail-server'

/** The one mail server of the program: its settings in the store, its password in the vault. */
export function createMailServer({ store, vault, network, onChange }: MailServerParts): MailServerControl {
  const saved = (): MailServer | null => store.settings.get(settingName, mailServerSchema)
  const told = (what: string, before: MailServer | null, after: MailServer | null, who: string): void => {
    store.audit.add({ who, what, tenantId: null, before: { mail: before }, after: { mail: after } })
    onChange()
  }
  const isKept = (given: MailServerInput): boolean => {
    const before = saved()
    return before?.hasPassword === true && isSameLogin(before, given)
  }
  const open = (server: MailServer, password: string | null): Result<MailServerNow> => {
    const trusting = createNetwork({ settings: network.settings() })
    const trust = trusting.trust()
    return trust.ok ? ok({ server, password, network: trusting }) : trust
  }
  const stored = (server: MailServer): Result<string | null> => {
    if (server.user === '') return ok(null)
    const found = vault.get(mailPasswordName)
    if (!found.ok || found.value !== null) return found
    return fail(fault('secret-lost', { facts: { name: mailPasswordName } }))
  }
  return {
    view: () => ({ server: saved(), password: vault.describe(mailPasswordName) }),
    set: (given, password, who) => {
      const wants = given.user !== ''
      if (wants && (password === null || (password === undefined && !isKept(given)))) return fail(noPassword)
      const kept = !wants
        ? vault.remove(mailPasswordName)
        : typeof password === 'string'
          ? vault.set(mailPasswordName, password)
          : ok(null)
      if (!kept.ok) return kept
      const [before, after] = [saved(), { ...given, hasPassword: wants }]
      store.settings.set(settingName, after)
      told('mail server changed', before, after, who)
      return ok(null)
    },
    forget: (who) => {
      const removed = vault.remove(mailPasswordName)
      if (!removed.ok) return removed
      const before = saved()
      store.settings.remove(settingName)
      told('mail server removed', before, null, who)
      return ok(null)
    },
    now: () => {
      const server = saved()
      if (!server) return fail(fault('mail-no-server'))
      const password = stored(server)
      return password.ok ? open(server, password.value) : password
    },
    with: (given, password) => {
      const server = { ...given, hasPassword: given.user !== '' }
      if (given.user === '') return open(server, null)
      if (typeof password === 'string') return open(server, password)
      if (password === null || !isKept(given)) return fail(noPassword)
      const kept = stored(server)
      return kept.ok ? open(server, kept.value) : kept
    },
  }
}

const noPassword = fault('input-invalid', {
  facts: { field: 'password', reason: 'this server and user need their own password' },
})
