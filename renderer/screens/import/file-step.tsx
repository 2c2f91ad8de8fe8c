import { Button, Field, Input, ProgressBar, Select } from '@fluentui/react-components'
import { ArrowUpload24Regular } from '@fluentui/react-icons'
import { useEffect, useRef, useState } from 'react'
import type { Fault } from '../../../app/model/fault.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import { api, useAsk } from '../../api.ts'
import { useTenants } from '../../ui/filters.tsx'
import { Section } from '../../ui/page.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { entitiesShown, entityWords } from '../../words.ts'
import { bring, type SheetSource } from './asks.ts'
import type { Dropped } from './drop.tsx'
import css from './import.module.css'

type FileStepProps = {
  readonly tenantId: number | null
  readonly entity: Entity
  /** What was dropped on the screen; taken at once. */
  readonly dropped: Dropped | null
  readonly onChoose: (values: Readonly<Record<string, string | null>>) => void
  readonly onFile: (source: SheetSource) => void
}

/** Whose records these are and what they are, and the file: dropped, chosen, or named by its path. */
export function FileStep({ tenantId, entity, dropped, onChoose, onFile }: FileStepProps) {
  const tenants = useTenants()
  return (
    <div className={css.form}>
      <div className={css.pair}>
        <Field label="Into the Halo of">
          <Select value={String(tenantId ?? '')} onChange={(_, { value }) => onChoose({ tenant: value })}>
            {tenants.map(({ id, name }) => (
              <option key={id} value={String(id)}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="The rows are">
          <Select value={entity} onChange={(_, { value }) => onChoose({ entity: value })}>
            {entitiesShown.map((each) => (
              <option key={each} value={each}>
                {entityWords[each].many}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {tenantId === null ? (
        <p>Add a tenant first: its Halo is where the records go.</p>
      ) : (
        <>
          <DropZone dropped={dropped} onFile={onFile} />
          <PathField onFile={onFile} />
        </>
      )}
      <Section title="Templates">
        <p className="quiet">
          A workbook with the columns that are known here, mandatory ones first, an example row and notes.
        </p>
        <div className={css.links}>
          {entitiesShown.map((each) => (
            <a key={each} href={`/download/import-template.xlsx?${templateOf(each, tenantId)}`} download>
              {entityWords[each].many}
            </a>
          ))}
        </div>
      </Section>
    </div>
  )
}

/** Customers have the custom fields of the tenant's Halo, too. */
const templateOf = (entity: Entity, tenantId: number | null): string =>
  new URLSearchParams({ entity, ...(tenantId === null ? {} : { tenant: String(tenantId) }) }).toString()

function DropZone({ dropped, onFile }: Pick<FileStepProps, 'dropped' | 'onFile'>) {
  const input = useRef<HTMLInputElement>(null)
  const { share, trouble, take } = useBring(onFile)
  const begin = useRef(take)
  begin.current = take
  useEffect(() => {
    if (dropped && 'file' in dropped) void begin.current(dropped.file)
  }, [dropped])
  return (
    <>
      <section className={css.drop} aria-label="The spreadsheet">
        <ArrowUpload24Regular aria-hidden="true" />
        {share === null ? (
          <>
            <p>Drop a spreadsheet anywhere here: xlsx, xls, csv or tsv, up to 200 MB</p>
            <Button appearance="primary" onClick={() => input.current?.click()}>
              Choose a file
            </Button>
          </>
        ) : (
          <Field label="Taking the file in" style={{ width: 260 }}>
            <ProgressBar value={share} max={1} />
          </Field>
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept=".xlsx,.xls,.csv,.tsv,.txt"
          aria-label="Spreadsheet"
          onChange={({ target }) => {
            const [file] = target.files ?? []
            if (file) void take(file)
            target.value = ''
          }}
        />
      </section>
      {dropped && 'problem' in dropped && <p role="alert">{dropped.problem}</p>}
      {trouble && <Trouble fault={trouble} />}
    </>
  )
}

function useBring(onFile: (source: SheetSource) => void) {
  const { data: status } = useAsk(['status.get'], (signal) => api.status.get.query(undefined, { signal }))
  const [share, setShare] = useState<number | null>(null)
  const [trouble, setTrouble] = useState<Fault | null>(null)
  const abort = useRef(new AbortController())
  useEffect(() => {
    const current = new AbortController()
    abort.current = current
    return () => current.abort()
  }, [])
  const take = async (file: File): Promise<void> => {
    setTrouble(null)
    setShare(0)
    const { signal } = abort.current
    const brought = await bring(file, status?.mode === 'desktop', setShare, signal)
    if (signal.aborted || !brought) return
    setShare(null)
    if (brought.ok) onFile(brought.value)
    else setTrouble(brought.fault)
  }
  return { share, trouble, take }
}

/** For a large file that lies where the engine runs: nothing is copied. */
function PathField({ onFile }: Pick<FileStepProps, 'onFile'>) {
  const [path, setPath] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (path.trim() !== '') onFile({ path: path.trim() })
      }}
    >
      <Field
        label="Or the whole path of a file on the computer where the program runs"
        hint="The account of the program has to be allowed to read it."
      >
        <Input
          value={path}
          maxLength={1_000}
          onChange={(_, { value }) => setPath(value)}
          contentAfter={
            <Button type="submit" size="small" appearance="transparent" disabled={path.trim() === ''}>
              Open
            </Button>
          }
        />
      </Field>
    </form>
  )
}
