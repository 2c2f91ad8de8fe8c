import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { api, type RecordRow } from '../api.ts'
import { places } from '../places.tsx'
import { useTenants } from '../ui/filters.tsx'
import { StateMark } from '../ui/mark.tsx'
import { Time } from '../ui/time.tsx'
import { entityWords } from '../words.ts'
import css from './combo.module.css'
import type { Choice } from './combo.tsx'

/** After the last key, so that a word is one question and not seven. */
const typingMs = 150
const shownAtMost = 12
/** One letter is in nearly every record. */
const leastLength = 2

type RecordChoices = {
  readonly choices: readonly Choice[]
  /** Still typing, or the answer is not here yet. */
  readonly isLooking: boolean
  /** Asked for, answered, and nothing has it. */
  readonly isNothing: boolean
}

/** "Was this synced?": the records that have the text as number, name, SKU or id, each leading to its page. `onChosen` is called before it goes there. */
export function useRecordChoices(text: string, onChosen: () => void): RecordChoices {
  const [, go] = useLocation()
  const tenants = useTenants()
  const wanted = useSettled(text.trim())
  const isAsked = wanted.length >= leastLength
  const { data } = useQuery({
    queryKey: ['records.find', wanted],
    queryFn: ({ signal }) => api.records.find.query({ text: wanted }, { signal }),
    enabled: isAsked,
  })
  const isBehind = text.trim() !== wanted
  const choice = (row: RecordRow): Choice => {
    const { path, one } = entityWords[row.entity]
    const tenant = tenants.length > 1 ? tenants.find(({ id }) => id === row.tenantId)?.name : undefined
    return {
      id: `${row.entity}-${row.tenantId}-${row.commerceId}`,
      name: <Name row={row} />,
      hint: (
        <span className={css.state}>
          {row.goneAt === null ? <StateMark kind={row.lastKind} /> : 'Gone in Commerce'}
          {row.syncedAt && <Time at={row.syncedAt} />}
          <span>{[one, tenant].filter(Boolean).join(' · ')}</span>
        </span>
      ),
      icon: iconOf(path),
      act: () => {
        onChosen()
        go(`${path}/${row.tenantId}/${row.commerceId}`)
      },
    }
  }
  return {
    choices: isAsked && data ? data.slice(0, shownAtMost).map(choice) : [],
    isLooking: text.trim().length >= leastLength && (isBehind || !data),
    isNothing: isAsked && !isBehind && data?.length === 0,
  }
}

const iconOf = (path: string) => places.flat().find(({ to }) => to === path)?.icon

function Name({ row }: { row: RecordRow }) {
  return (
    <>
      <strong>{row.number || row.label}</strong> {row.name !== row.number && row.name}
      {row.customerName && <span className="quiet"> · {row.customerName}</span>}
    </>
  )
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), typingMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
