import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  ProgressBar,
  Radio,
  RadioGroup,
  Select,
} from '@fluentui/react-components'
import { useEffect, useRef, useState } from 'react'
import { type CsvFormat, csvSeparators } from '../../../app/model/csv.ts'
import { faultOf } from '../../api.ts'
import { count, plural } from '../format.ts'
import { useNotices } from '../notices.tsx'
import type { Column } from './column.ts'
import {
  csvOf,
  type ExportChoice,
  fileNameOf,
  formatWith,
  nameOfSeparator,
  rememberChoice,
  rememberedChoice,
  save,
  type Walk,
} from './export-file.ts'

export type { Walk } from './export-file.ts'

type ExportDialogProps<T> = {
  readonly name: string
  readonly columns: readonly Column<T>[]
  readonly hidden: ReadonlySet<string>
  readonly total: number
  readonly walk: Walk<T>
  readonly onClose: () => void
}

/** Asks how the file is to be, makes it, and can be stopped. */
export function ExportDialog<T>(props: ExportDialogProps<T>) {
  const { name, columns, hidden, total, onClose } = props
  const [choice, setChoice] = useState(rememberedChoice)
  const { progress, start, stop } = useExport(props)
  const shown = columns.filter(({ id }) => !hidden.has(id)).length
  return (
    <Dialog
      open
      onOpenChange={(_, { open }) => {
        if (open) return
        stop()
        onClose()
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{`Export ${plural(total, 'row')} of ${name.toLowerCase()}`}</DialogTitle>
          <DialogContent>
            {progress ? (
              <Field label={`${count(progress.done)} of ${plural(progress.total, 'row')}`} role="status">
                <ProgressBar value={progress.done} max={Math.max(1, progress.total)} />
              </Field>
            ) : (
              <Choices choice={choice} onChange={setChoice} shown={shown} all={columns.length} />
            )}
          </DialogContent>
          <DialogActions>
            {!progress && (
              <Button appearance="primary" onClick={() => void start(choice)}>
                Save the file
              </Button>
            )}
            <Button
              onClick={() => {
                stop()
                onClose()
              }}
            >
              {progress ? 'Stop' : 'Cancel'}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

type Progress = { readonly done: number; readonly total: number }

function useExport<T>({ name, columns, hidden, total, walk, onClose }: ExportDialogProps<T>) {
  const notices = useNotices()
  const [progress, setProgress] = useState<Progress | null>(null)
  const abort = useRef<AbortController | null>(null)
  useEffect(() => () => abort.current?.abort(), [])
  const start = async (choice: ExportChoice): Promise<void> => {
    rememberChoice(choice)
    const stopping = new AbortController()
    abort.current = stopping
    setProgress({ done: 0, total })
    const wanted = choice.areAllColumns ? columns : columns.filter(({ id }) => !hidden.has(id))
    const tell = (done: number, of: number): void => setProgress({ done, total: of })
    try {
      const file = await csvOf(wanted, choice, walk, tell, stopping.signal)
      if (!file) return
      const fileName = fileNameOf(name, new Date())
      save(file, fileName)
      notices.done(`Saved as ${fileName}.`)
      onClose()
    } catch (error) {
      if (stopping.signal.aborted) return
      notices.trouble(faultOf(error))
      setProgress(null)
    }
  }
  return { progress, start, stop: () => abort.current?.abort() }
}

const separatorWords = { comma: 'Comma', semicolon: 'Semicolon, decimal comma', tab: 'Tab' } as const

type ChoicesProps = {
  readonly choice: ExportChoice
  readonly onChange: (choice: ExportChoice) => void
  readonly shown: number
  readonly all: number
}

function Choices({ choice, onChange, shown, all }: ChoicesProps) {
  const { separator, hasMark } = choice.format
  const withFormat = (format: CsvFormat): void => onChange({ ...choice, format })
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <Field label="Columns">
        <RadioGroup
          value={choice.areAllColumns ? 'all' : 'shown'}
          onChange={(_, { value }) => onChange({ ...choice, areAllColumns: value === 'all' })}
        >
          <Radio value="shown" label={`Those that are shown (${shown})`} />
          <Radio value="all" label={`All (${all})`} />
        </RadioGroup>
      </Field>
      <Field label="Between cells" hint="What the spreadsheet program of your country expects.">
        <Select
          value={nameOfSeparator(separator)}
          onChange={(_, { value }) => {
            const chosen = csvSeparators.find((each) => nameOfSeparator(each) === value)
            if (chosen) withFormat(formatWith(chosen, hasMark))
          }}
        >
          {csvSeparators.map((each) => (
            <option key={each} value={nameOfSeparator(each)}>
              {separatorWords[nameOfSeparator(each)]}
            </option>
          ))}
        </Select>
      </Field>
      <Checkbox
        label="Begin with a mark for Excel (UTF-8 BOM)"
        checked={hasMark}
        onChange={(_, { checked }) => withFormat(formatWith(separator, checked === true))}
      />
      <p className="quiet">
        The whole list as it is filtered and sorted now. Times are UTC. Text that a spreadsheet would take for
        a formula gets an apostrophe in front.
      </p>
    </div>
  )
}
