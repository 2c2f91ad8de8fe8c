import { Field, Select } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { Fault } from '../../../../app/model/fault.ts'
import type { Template } from '../../../../app/model/mail/template.ts'
import { type Answers, api, faultOf, useAskOnce } from '../../../api.ts'
import { Skeleton } from '../../../ui/empty.tsx'
import { Trouble } from '../../../ui/trouble.tsx'
import { PdfPages } from '../../send-quote/pdf-pages.tsx'
import { Missing } from '../../send-quote/preview-pane.tsx'
import css from './sending.module.css'

type Preview = Extract<Answers['mail']['preview'], { ok: true }>['value']
const shownQuotes = 50
/** After the last key: each preview takes the engine a good part of a second. */
const restMs = 700

type LivePreviewProps = {
  readonly tenantId: number
  /** null: it cannot be used as it is; the last good one stays. */
  readonly template: Template | null
  /** Moves when something besides the template did. */
  readonly mark: string
}

/** The template as it is typed, on a real quote. Nothing is saved or sent by it. */
export function LivePreview({ tenantId, template, mark }: LivePreviewProps) {
  const quotes = useAskOnce(['mail.examples', tenantId], (signal) =>
    api.records.list.query(
      {
        query: { entity: 'quotes', tenantId, sort: 'modifiedAt', isDescending: true },
        window: { offset: 0, limit: shownQuotes },
      },
      { signal },
    ),
  ).data?.rows
  const [chosen, setChosen] = useState<number | null>(null)
  const quoteId = chosen ?? quotes?.[0]?.commerceId ?? null
  const { preview, trouble } = usePreview(tenantId, quoteId, template, mark)
  if (quotes?.length === 0)
    return <p className="quiet">As soon as a quote was synced, it is shown here as it would go out.</p>
  return (
    <section className={css.preview} aria-label="Preview of the document">
      <Field label="Shown with">
        <Select value={String(quoteId ?? '')} onChange={(_, { value }) => setChosen(Number(value))}>
          {(quotes ?? []).map(({ commerceId, label }) => (
            <option key={commerceId} value={commerceId}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      {trouble && <Trouble fault={trouble} />}
      {preview && preview.missing.length > 0 && <Missing characters={preview.missing} />}
      {preview ? (
        <PdfPages pdf={preview.pdf} label="Preview of the document" />
      ) : (
        !trouble && <Skeleton lines={12} />
      )}
    </section>
  )
}

function usePreview(tenantId: number, quoteId: number | null, template: Template | null, mark: string) {
  const [preview, setPreview] = useState<Preview | null>(null)
  const [trouble, setTrouble] = useState<Fault | null>(null)
  const wanted = template && JSON.stringify([template, mark])
  useEffect(() => {
    if (quoteId === null || wanted === null) return
    const giveUp = new AbortController()
    const ask = async (): Promise<void> => {
      const [template] = JSON.parse(wanted) as [Template]
      const made = await api.mail.preview.mutate({ tenantId, quoteId, template }, { signal: giveUp.signal })
      setTrouble(made.ok ? null : made.fault)
      if (made.ok) setPreview(made.value)
    }
    const timer = setTimeout(() => {
      ask().catch((error: unknown) => giveUp.signal.aborted || setTrouble(faultOf(error)))
    }, restMs)
    return () => {
      clearTimeout(timer)
      giveUp.abort()
    }
  }, [tenantId, quoteId, wanted])
  return { preview, trouble }
}
