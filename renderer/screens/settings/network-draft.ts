import type { Fault } from '../../../app/model/fault.ts'
import { explain } from '../../../app/model/fault-words.ts'
import type { NetworkSettings } from '../../../app/model/network.ts'
import type { NetworkInput } from '../../../app/model/settings.ts'

/** The network settings as a form holds them; lists are one entry a line. */
export type NetworkDraft = {
  readonly mode: 'system' | 'manual' | 'none'
  readonly url: string
  readonly user: string
  /** A new one; empty: as it was. */
  readonly password: string
  readonly isPasswordForgotten: boolean
  readonly bypass: string
  readonly trustSystemStore: boolean
  readonly caFiles: string
}

export function draftOf({ proxy, trustSystemStore, extraCaFiles }: NetworkSettings): NetworkDraft {
  const manual = proxy.mode === 'manual' ? proxy : { url: '', user: '', bypass: ['<local>'] }
  return {
    mode: proxy.mode,
    url: manual.url,
    user: manual.user,
    password: '',
    isPasswordForgotten: false,
    bypass: manual.bypass.join('\n'),
    trustSystemStore,
    caFiles: extraCaFiles.join('\n'),
  }
}

/** What is sent: the settings, and the password only when it changes. */
export function inputOf(draft: NetworkDraft): { network: NetworkInput; password?: string | null } {
  const { mode, url, user, bypass, trustSystemStore, caFiles } = draft
  const network: NetworkInput = {
    proxy:
      mode === 'manual'
        ? { mode, url: url.trim(), user: user.trim(), bypass: [...entries(bypass)] }
        : { mode },
    trustSystemStore,
    extraCaFiles: [...lines(caFiles)],
  }
  if (mode !== 'manual') return { network }
  if (draft.isPasswordForgotten) return { network, password: null }
  return draft.password === '' ? { network } : { network, password: draft.password }
}

const lines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
/** Hosts have neither spaces nor commas, so both part them, as people write such lists. */
const entries = (text: string): readonly string[] => text.split(/[\s,;]+/).filter((entry) => entry !== '')

export type Wrong = Partial<Record<'url' | 'user' | 'password' | 'bypass' | 'caFiles', string>>

const proxyUrl = /^https?:\/\/(\[[0-9a-f:.]+\]|[^\s/@:?#[\]]+)(:\d{1,5})?\/?$/i
const bypassEntry = /^(<local>|(\*?\.)?[\w.:[\]*-]+(\/\d{1,3})?)$/i

/** What is wrong, in words, field by field; the engine checks all of it again. */
export function wrongIn(draft: NetworkDraft): Wrong {
  const wrong: Wrong = {}
  if (draft.mode === 'manual') {
    const url = draft.url.trim()
    if (url === '') wrong.url = "Enter the proxy's address."
    else if (url.includes('@'))
      wrong.url = 'Leave user name and password out of the address; they have fields below.'
    else if (!proxyUrl.test(url)) wrong.url = 'A proxy is written as http://HOST:PORT or https://HOST:PORT.'
    else if (Number(/:(\d+)\/?$/.exec(url)?.[1] ?? 80) > 65_535) wrong.url = 'A port is at most 65535.'
    if (draft.user.trim() === '' && draft.password !== '') wrong.user = 'A password needs a user name.'
    const odd = entries(draft.bypass).find((entry) => !bypassEntry.test(entry))
    if (odd !== undefined) wrong.bypass = `"${odd}" is no host, suffix, address range or <local>.`
  }
  const web = lines(draft.caFiles).find((file) => /^https?:\/\//i.test(file))
  if (web !== undefined)
    wrong.caFiles = `"${web}" is a web address; enter the path of a file on this machine.`
  return wrong
}

const fields: readonly (readonly [in_: string, field: keyof Wrong])[] = [
  ['extraCaFiles', 'caFiles'],
  ['bypass', 'bypass'],
  ['url', 'url'],
  ['user', 'user'],
  ['password', 'password'],
]

/** What the engine refused, at the field that it is about; null when it is about none of this form's. */
export function refusedAt(fault: Fault): Wrong | null {
  const named = String(fault.facts?.field ?? '')
  const field = fields.find(([part]) => named.split('.').includes(part))?.[1]
  if (!field) return null
  const words = explain(fault)
  return { [field]: `${words.what} ${words.doNow}` }
}
