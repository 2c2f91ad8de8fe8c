import { Button, ToggleButton } from '@fluentui/react-components'
import {
  ArrowDownload16Regular,
  FolderOpen16Regular,
  Pause16Regular,
  Play16Regular,
  Settings16Regular,
  TextBulletListSquare16Regular,
} from '@fluentui/react-icons'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { fault } from '../../../app/model/fault.ts'
import { readFilter } from '../../../app/model/inspector/filter-line.ts'
import { withTerms } from '../../../app/model/inspector/suggest.ts'
import { queries } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { useTenants } from '../../ui/filters.tsx'
import { plural } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { Trouble, Unanswered } from '../../ui/trouble.tsx'
import { type DetailTab, useInspectorAddress } from './address.ts'
import { Chips } from './chips.tsx'
import { DeepSearch } from './deep-search.tsx'
import { DetailPane } from './detail.tsx'
import { ExchangeList } from './exchange-list.tsx'
import { FilterBox } from './filter-box.tsx'
import { FilterForm } from './filter-form.tsx'
import { Groups } from './groups.tsx'
import css from './inspector.module.css'
import { KeepDialog } from './keep-dialog.tsx'
import { type Live, useLive } from './live.ts'
import { type Choice, SaveDialog } from './save-dialog.tsx'
import { SavedFilters } from './saved-filters.tsx'
import { Split } from './split.tsx'
import { Timeline } from './timeline.tsx'

type Saving = { readonly what: 'har' | 'report'; readonly choice: Choice; readonly total: number }

/** Every recorded request: list left, one in detail right, why it failed and what to do first of all. F12 leads here from anywhere. */
export function Inspector() {
  const { at, filter, open, group, compareWith } = useInspectorAddress()
  const tenants = useTenants()
  const [, go] = useLocation()
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
  const showCause = (cause: string, since?: string, until?: string): void =>
    filter(withTerms(at.q, { cause, ...(since && until ? { since, until } : {}) }))
  const hasText = useMemo(() => readFilter(at.q).terms.some(({ key }) => key === 'text'), [at.q])
  return (
    <Page
      title="API inspector"
      body="table"
      beside={<LiveMark live={live} />}
      actions={
        <>
          <ToggleButton
            size="small"
            icon={<TextBulletListSquare16Regular />}
            checked={at.isGrouped}
            onClick={() => group(!at.isGrouped)}
          >
            By cause
          </ToggleButton>
          <Button
            size="small"
            icon={<ArrowDownload16Regular />}
            title="The requests that are selected, else all that fit the filter (Ctrl+E)"
            onClick={() => saveList('har')}
          >
            Save HAR
          </Button>
          <Button size="small" onClick={() => saveList('report')}>
            Report ...
          </Button>
          <Button
            size="small"
            icon={<FolderOpen16Regular />}
            title="A HAR file of this program or of a browser, read only"
            onClick={() => go('/inspector/file')}
          >
            Open HAR
          </Button>
          <Button size="small" icon={<Settings16Regular />} onClick={() => setKeepOpen(true)}>
            What is kept
          </Button>
        </>
      }
    >
      <div className={css.filters}>
        <FilterBox q={at.q} known={known} onChange={filter} />
        <FilterForm q={at.q} tenants={tenants} onChange={filter} />
        <SavedFilters q={at.q} onChange={filter} />
      </div>
      <Chips q={at.q} tenantName={tenantName} onChange={filter} />
      {live.trouble && (
        <div className={css.trouble}>
          <Trouble
            fault={fault(live.trouble.code === 'broken' ? 'store-damaged' : live.trouble.code, {
              ...(live.trouble.raw ? { raw: live.trouble.raw } : {}),
            })}
            tone="note"
          />
        </div>
      )}
      {upTo === null ? (
        live.error ? (
          <Unanswered error={live.error} />
        ) : (
          <Skeleton lines={8} />
        )
      ) : (
        <>
          <Timeline
            q={at.q}
            upTo={upTo}
            onPick={(since, until) => filter(withTerms(at.q, { since, until }))}
          />
          {hasText && <DeepSearch q={at.q} upTo={upTo} onOpen={open} />}
          <Split
            name="inspector"
            left={
              at.isGrouped ? (
                <Groups q={at.q} upTo={upTo} onOpen={open} onFilter={showCause} />
              ) : (
                <ExchangeList
                  {...{ q: at.q, upTo, openId: at.id, onOpen: open, tenantName, onTop: setAtTop }}
                  onAll={() => filter('')}
                  picked={{ keys: picked, onChange: setPicked, nameOf: (key) => `request ${key}` }}
                />
              )
            }
            right={
              at.id === null ? null : (
                <DetailPane
                  id={at.id}
                  tab={at.tab}
                  other={at.other}
                  onOpen={(id: number | null, tab?: DetailTab) => open(id, tab)}
                  onCompare={compareWith}
                  onSave={(what) => setSaving({ what, choice: { ids: [at.id ?? 0] }, total: 1 })}
                />
              )
            }
          />
        </>
      )}
      {saving && <SaveDialog {...saving} onClose={() => setSaving(null)} />}
      {isKeepOpen && (
        <KeepDialog
          onClose={() => setKeepOpen(false)}
          onCleared={() => {
            setKeepOpen(false)
            setPicked(new Set())
            open(null)
            void queries.invalidateQueries({
              predicate: ({ queryKey }) => String(queryKey[0]).startsWith('inspector.'),
            })
          }}
        />
      )}
    </Page>
  )
}

/** As the list itself has learnt it. */
const countIn = (q: string, upTo: number): number =>
  queries.getQueryData<{ readonly total: number }>(['inspector.list', q, upTo, 0])?.total ?? 0

/** Live, paused, or how many came since. */
function LiveMark({ live }: { live: Live }) {
  return (
    <span className={css.live}>
      <Button
        size="small"
        appearance="subtle"
        icon={live.isPaused ? <Play16Regular /> : <Pause16Regular />}
        onClick={() => live.setPaused(!live.isPaused)}
      >
        {live.isPaused ? 'Go on' : 'Pause'}
      </Button>
      <span className="quiet">{live.isPaused ? 'Paused' : 'Live'}</span>
      {live.fresh > 0 && (
        <Button size="small" shape="circular" onClick={live.catchUp}>
          {plural(live.fresh, 'new', 'new')}
        </Button>
      )}
    </span>
  )
}

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
