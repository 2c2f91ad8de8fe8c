import { useCallback, useEffect, useMemo, useState } from 'react'
import { fault } from '../../../app/model/fault.ts'
import { queries } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { useTenants } from '../../ui/filters.tsx'
import { Page } from '../../ui/page.tsx'
import { Trouble, Unanswered } from '../../ui/trouble.tsx'
import { Actions, LiveMark } from './actions.tsx'
import { useInspectorAddress } from './address.ts'
import { Chips } from './chips.tsx'
import { FilterBox } from './filter-box.tsx'
import { FilterForm } from './filter-form.tsx'
import css from './inspector.module.css'
import { KeepDialog } from './keep-dialog.tsx'
import { type Live, useLive } from './live.ts'
import { Panes } from './panes.tsx'
import { type Choice, SaveDialog } from './save-dialog.tsx'
import { SavedFilters } from './saved-filters.tsx'

type Saving = { readonly what: 'har' | 'report'; readonly choice: Choice; readonly total: number }

/** Every recorded request: list left, one in detail right, why it failed and what to do first of all. F12 leads here from anywhere. */
export function Inspector() {
  const address = useInspectorAddress()
  const { at, filter, open, group } = address
  const tenants = useTenants()
  const [isAtTop, setAtTop] = useState(true)
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [saving, setSaving] = useState<Saving | null>(null)
  const [isKeepOpen, setKeepOpen] = useState(false)
  const live = useLive(at.q, isAtTop && at.id === null && picked.size === 0 && !at.isGrouped)
  const { upTo } = live
  const tenantName = useCallback(
    (id: number | null) => tenants.find((each) => each.id === id)?.name ?? (id === null ? '' : String(id)),
    [tenants],
  )
  const known = useMemo(
    () => ({ tenant: tenants.map(({ id, name }) => [String(id), name] as const) }),
    [tenants],
  )
  const close = useCallback(() => open(null), [open])
  const saveList = (what: Saving['what']): void => {
    if (upTo === null) return
    const choice = picked.size > 0 ? { ids: [...picked].map(Number) } : { q: at.q, upTo }
    setSaving({ what, choice, total: picked.size > 0 ? picked.size : countIn(at.q, upTo) })
  }
  useKeys({ isOpen: at.id !== null, close, save: () => saveList('har') })
  const afterClear = (): void => {
    setKeepOpen(false)
    setPicked(new Set())
    open(null)
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[0]).startsWith('inspector.'),
    })
  }
  return (
    <Page
      title="API inspector"
      body="table"
      beside={<LiveMark live={live} />}
      actions={
        <Actions
          isGrouped={at.isGrouped}
          onGroup={group}
          onSave={saveList}
          onKeep={() => setKeepOpen(true)}
        />
      }
    >
      <div className={css.filters}>
        <FilterBox q={at.q} known={known} onChange={filter} />
        <FilterForm q={at.q} tenants={tenants} onChange={filter} />
        <SavedFilters q={at.q} onChange={filter} />
      </div>
      <Chips q={at.q} tenantName={tenantName} onChange={filter} />
      <RecorderTrouble live={live} />
      {upTo === null ? (
        <NotYet error={live.error} />
      ) : (
        <Panes
          {...{ address, upTo, tenantName, onTop: setAtTop }}
          picked={{ keys: picked, onChange: setPicked, nameOf: (key) => `request ${key}` }}
          onSave={(what) => setSaving({ what, choice: { ids: [at.id ?? 0] }, total: 1 })}
        />
      )}
      {saving && <SaveDialog {...saving} onClose={() => setSaving(null)} />}
      {isKeepOpen && <KeepDialog onClose={() => setKeepOpen(false)} onCleared={afterClear} />}
    </Page>
  )
}

const NotYet = ({ error }: { error: unknown }) =>
  error ? <Unanswered error={error} /> : <Skeleton lines={8} />

/** A recorder that cannot write says so; syncs go on without it. */
function RecorderTrouble({ live }: { live: Live }) {
  if (!live.trouble) return null
  const { code, raw } = live.trouble
  return (
    <div className={css.trouble}>
      <Trouble fault={fault(code === 'broken' ? 'store-damaged' : code, raw ? { raw } : {})} tone="note" />
    </div>
  )
}

/** As the list itself has learnt it. */
const countIn = (q: string, upTo: number): number =>
  queries.getQueryData<{ readonly total: number }>(['inspector.list', q, upTo, 0])?.total ?? 0

type KeyParts = { readonly isOpen: boolean; readonly close: () => void; readonly save: () => void }

/** Escape closes the details, Ctrl+E saves the list. Everything else belongs to the list and the filter line. */
function useKeys({ isOpen, close, save }: KeyParts): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('[role="dialog"], [role="menu"]')) return
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
      if (event.key === 'Escape' && isOpen && !isTyping) {
        event.preventDefault()
        close()
        document.querySelector<HTMLElement>('[role="grid"][aria-label="Requests"]')?.focus()
      }
      if (event.key.toLowerCase() === 'e' && (event.ctrlKey || event.metaKey) && !event.altKey) {
        event.preventDefault()
        save()
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [isOpen, close, save])
}
