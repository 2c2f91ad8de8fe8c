import { Button } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { api, useAsk } from '../../api.ts'
import { count, plural } from '../../ui/format.ts'
import { StatusMark } from '../requests/status-mark.tsx'
import type { ExchangeRow } from './columns.tsx'
import css from './inspector.module.css'

type DeepProps = { readonly q: string; readonly upTo: number; readonly onOpen: (id: number) => void }

const mostShown = 50

/** What the index leaves out, large bodies of good answers, is read one by one when a person asks for it; it can be stopped at any time. */
export function DeepSearch({ q, upTo, onOpen }: DeepProps) {
  const { data: left = 0 } = useAsk(['inspector.unsearched', q, upTo], (signal) =>
    api.inspector.unsearched.query({ q, upTo }, { signal }),
  )
  const [isOn, setOn] = useState(false)
  const found = useDigging(q, upTo, isOn)
  if (left === 0) return null
  return (
    <div className={css.deep} role="status">
      <span>
        Large bodies of {plural(left, 'good answer')} were not searched.
        {isOn && (found.isDone ? ' They have been now: ' : ' Searching ... ')}
        {isOn && `${count(found.rows.length)} found.`}
      </span>
      {found.isDone && isOn ? null : (
        <Button size="small" onClick={() => setOn(!isOn)}>
          {isOn ? 'Stop' : 'Search them too'}
        </Button>
      )}
      {found.rows.slice(0, mostShown).map((row) => (
        <button key={row.id} type="button" className={css.deepHit} onClick={() => onOpen(row.id)}>
          <StatusMark exchange={row} /> {row.method} {row.path}
        </button>
      ))}
    </div>
  )
}

type Found = { readonly rows: readonly ExchangeRow[]; readonly isDone: boolean }
const nothing: Found = { rows: [], isDone: false }

/** Slice after slice, until the end or until it is stopped. */
function useDigging(q: string, upTo: number, isOn: boolean): Found {
  const [found, setFound] = useState(nothing)
  useEffect(() => {
    setFound(nothing)
    if (!isOn) return
    const stop = new AbortController()
    const dig = async (): Promise<void> => {
      let before: string | undefined
      for (;;) {
        const slice = await api.inspector.dig.query(
          { asked: { q, upTo }, ...(before ? { before } : {}) },
          { signal: stop.signal },
        )
        if (stop.signal.aborted) return
        setFound((now) => ({ rows: [...now.rows, ...slice.rows], isDone: slice.next === null }))
        if (slice.next === null) return
        before = slice.next
      }
    }
    // A lost engine has its own banner; what was found so far stays.
    dig().catch(() => setFound((now) => ({ ...now, isDone: true })))
    return () => stop.abort()
  }, [q, upTo, isOn])
  return found
}
