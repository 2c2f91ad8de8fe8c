import { Button, Field, Select } from '@fluentui/react-components'
import { useRef, useState } from 'react'
import { cellText, columnName } from '../../../app/model/sheet/cell.ts'
import { type Answers, answered, api, useAskOnce, useCommand } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { count } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { type LookRequest, useBusy } from './asks.ts'
import css from './import.module.css'
import { TextChoice } from './text-choice.tsx'

type FileLook = Extract<Answers['imports']['look'], { ok: true }>['value']
type SheetStepProps = {
  readonly first: LookRequest
  readonly onBack: () => void
  readonly onStaged: (id: string) => void
}

/** Which sheet, and which of its first rows has the headings. */
export function SheetStep({ first, onBack, onStaged }: SheetStepProps) {
  const notices = useNotices()
  const [request, setRequest] = useState(first)
  const { data, error, refetch } = useAskOnce(['imports.look', request], async (signal) =>
    answered(await api.imports.look.query(request, { signal })),
  )
  // The rows stay while those of another heading row are asked for: a key pressed in them must not lose its place.
  const last = useRef(data)
  if (data) last.current = data
  const look = data ?? last.current
  const stage = useCommand((wanted: LookRequest) => api.imports.stage.mutate(wanted))
  const busy = useBusy(null)
  const onRead = async (look: FileLook): Promise<void> => {
    const read = await stage.run({ ...request, sheet: look.sheet, headerRow: look.headerRow })
    if (read.ok) onStaged(read.value.id)
    else notices.trouble(read.fault)
  }
  return (
    <div className={css.form} style={{ maxWidth: 'none' }}>
      {error ? (
        <Unanswered error={error} again={() => void refetch()} />
      ) : !look ? (
        <Skeleton lines={8} />
      ) : (
        <>
          {look.text && look.foundText ? (
            <TextChoice
              text={request.text ?? look.text}
              found={look.foundText}
              isChosen={request.text !== undefined && request.text !== first.text}
              onChange={(text) => setRequest({ ...withoutHeader(first), text })}
            />
          ) : (
            <p className="quiet">{kindWords(look)}</p>
          )}
          {look.sheets.length > 1 && (
            <Field label="Sheet" style={{ maxWidth: 320 }}>
              <Select
                value={request.sheet ?? look.sheet}
                onChange={(_, { value }) => setRequest({ ...first, sheet: value })}
              >
                {look.sheets.map(({ name, isHidden }) => (
                  <option key={name} value={name}>
                    {isHidden ? `${name} (hidden)` : name}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          <FirstRows
            look={look}
            headerRow={request.headerRow ?? look.headerRow}
            onHeader={(headerRow) => setRequest({ ...request, sheet: look.sheet, headerRow })}
          />
        </>
      )}
      <div className={css.buttons}>
        <Button
          appearance="primary"
          disabled={!data || Boolean(error) || stage.isBusy}
          onClick={() => data && void onRead(data)}
        >
          Read all rows
        </Button>
        <Button disabled={stage.isBusy} onClick={onBack}>
          Another file
        </Button>
        <span role="status" className="quiet">
          {stage.isBusy && `Reading: ${count(busy?.rows ?? 0)} rows so far`}
        </span>
      </div>
    </div>
  )
}

/** Another form makes other rows: which of them has the headings is found anew. */
const withoutHeader = ({ headerRow: _, ...request }: LookRequest): LookRequest => request

function kindWords({ kind, hasLinks }: FileLook): string {
  const name = kind === 'xls' ? 'An old Excel workbook (xls).' : 'An Excel workbook (xlsx).'
  return hasLinks ? `${name} It takes values from other files; those last saved are used.` : name
}

type FirstRowsProps = {
  readonly look: FileLook
  readonly headerRow: number
  readonly onHeader: (row: number) => void
}

function FirstRows({ look, headerRow, onHeader }: FirstRowsProps) {
  const width = Math.max(1, ...look.rows.map((row) => row.cells.length))
  const places = Array.from({ length: Math.min(width, 60) }, (_, at) => at)
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <legend>The first rows. Choose the one that has the headings.</legend>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and only what has the focus scrolls by key */}
      <section className={css.frame} tabIndex={0} aria-label="First rows">
        <table className={css.sheet}>
          <thead>
            <tr>
              <th scope="col">Headings</th>
              {places.map((at) => (
                <th key={at} scope="col">
                  {columnName(at)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {look.rows.map(({ number, cells }) => (
              <tr
                key={number}
                data-head={number === headerRow || undefined}
                data-above={number < headerRow || undefined}
              >
                <th scope="row">
                  <label>
                    <input
                      type="radio"
                      name="header"
                      checked={number === headerRow}
                      onChange={() => onHeader(number)}
                    />{' '}
                    Row {number}
                  </label>
                </th>
                {places.map((at) => (
                  <td key={at} title={cellText(cells[at] ?? null)}>
                    {cellText(cells[at] ?? null)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </fieldset>
  )
}
