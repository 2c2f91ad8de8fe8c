import { SearchBox, Select } from '@fluentui/react-components'
import { useEffect, useId, useState } from 'react'
import { api, type TenantView, useAsk } from '../api.ts'
import { useAddress } from './address.ts'

/** After the last key, so that a word is one question and not seven. */
const typingMs = 200

/** Text to look for, kept in the address as `q`. The key / leads here. */
export function Search({ placeholder }: { placeholder: string }) {
  const { get, set } = useAddress()
  const inAddress = get('q') ?? ''
  const [text, setText] = useState(inAddress)
  const [seen, setSeen] = useState(inAddress)
  const id = useId()
  if (seen !== inAddress) {
    // The address changed by itself (back, a link): it is right.
    setSeen(inAddress)
    setText(inAddress)
  }
  useEffect(() => {
    if (text.trim() === inAddress) return
    const timer = setTimeout(() => {
      setSeen(text.trim())
      set({ q: text.trim() })
    }, typingMs)
    return () => clearTimeout(timer)
  }, [text, inAddress, set])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
      if (event.key !== '/' || isTyping || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      document.getElementById(id)?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [id])
  return (
    <SearchBox
      id={id}
      size="small"
      aria-label={placeholder}
      placeholder={`${placeholder}  ( / )`}
      value={text}
      style={{ flex: '0 1 280px', minWidth: 150 }}
      onChange={(_, { value }) => setText(value)}
    />
  )
}

type ChoiceProps = {
  /** Name in the address. */
  readonly name: string
  readonly label: string
  readonly all: string
  readonly choices: readonly (readonly [value: string, word: string])[]
}

/** One of a few, kept in the address. A native list: fast over a remote desktop, and every key works. */
export function Choice({ name, label, all, choices }: ChoiceProps) {
  const { get, set } = useAddress()
  return (
    <Select
      size="small"
      aria-label={label}
      value={get(name) ?? ''}
      onChange={(_, { value }) => set({ [name]: value })}
    >
      <option value="">{all}</option>
      {choices.map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </Select>
  )
}

/** The tenants, for names and filters. */
export function useTenants(): readonly TenantView['tenant'][] {
  const { data } = useAsk(['tenants.list'], (signal) => api.tenants.list.query(undefined, { signal }))
  return data?.map(({ tenant }) => tenant) ?? []
}

/** Chooses a tenant; absent while there is only one. */
export function TenantChoice() {
  const tenants = useTenants()
  if (tenants.length < 2) return null
  return (
    <Choice
      name="tenant"
      label="Tenant"
      all="All tenants"
      choices={tenants.map(({ id, name }) => [String(id), name] as const)}
    />
  )
}
