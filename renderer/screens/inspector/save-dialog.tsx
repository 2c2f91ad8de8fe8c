import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Spinner,
} from '@fluentui/react-components'
import { useState } from 'react'
import { api, useAsk } from '../../api.ts'
import { bytes, plural } from '../../ui/format.ts'
import { Unanswered } from '../../ui/trouble.tsx'
import css from './dialogs.module.css'

/** Which requests: some by id, or all that fit a filter. */
export type Choice = { readonly ids: readonly number[] } | { readonly q: string; readonly upTo: number }

type SaveProps = {
  readonly what: 'har' | 'report'
  readonly choice: Choice
  /** How many they are. */
  readonly total: number
  readonly onClose: () => void
}

/** A file is a download of the same address in both hosts: it is written as it is read, however large. */
const addressOf = (what: SaveProps['what'], choice: Choice, blur: boolean): string => {
  const which = 'ids' in choice ? { ids: choice.ids.join(',') } : { q: choice.q, upTo: String(choice.upTo) }
  const params = new URLSearchParams({ ...which, ...(blur ? { blur: '1' } : {}) })
  return `/download/${what === 'har' ? 'requests.har' : 'report.zip'}?${params}`
}

/** Asks what may be in the file; a report is shown before it is saved. */
export function SaveDialog({ what, choice, total, onClose }: SaveProps) {
  const [blur, setBlur] = useState(false)
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface className={css.wide}>
        <DialogBody>
          <DialogTitle>{what === 'har' ? 'Save as HAR' : 'Make a report'}</DialogTitle>
          <DialogContent className={css.content}>
            {what === 'har' ? (
              <p>
                {plural(total, 'request')} as an HTTP archive, which the network panel of Chrome, Edge or
                Firefox opens. Keys, passwords and tokens were taken out before anything was stored.
              </p>
            ) : (
              <p>
                A zip for your support: {plural(total, 'request')}, log, versions, configuration, what the
                test of Halo finds, failed records. Keys, passwords and tokens are not in it.
              </p>
            )}
            <Checkbox
              checked={blur}
              onChange={(_, { checked }) => setBlur(checked === true)}
              label="Also take out names, addresses and e-mail addresses"
            />
            {what === 'report' && <Preview choice={choice} blur={blur} />}
          </DialogContent>
          <DialogActions>
            <Button
              as="a"
              appearance="primary"
              href={addressOf(what, choice, blur)}
              download
              onClick={onClose}
            >
              Save the file
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

function Preview({ choice, blur }: { choice: Choice; blur: boolean }) {
  const given = 'ids' in choice ? { ids: [...choice.ids] } : choice
  const { data, error } = useAsk(['inspector.reportPreview', choice, blur], (signal) =>
    api.inspector.reportPreview.query({ choice: given, blur }, { signal }),
  )
  if (error) return <Unanswered error={error} />
  if (!data) return <Spinner size="tiny" label="Putting it together ..." />
  return (
    <section className={css.files} aria-label="What will be in it">
      {data.map(({ name, what, bytes: size, head }) => (
        <details key={name}>
          <summary>
            <strong>{name}</strong> <span className="quiet">{bytes(size)}</span>
            <div className="quiet">{what}</div>
          </summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
          <pre className={css.head} tabIndex={0}>
            {head}
          </pre>
        </details>
      ))}
    </section>
  )
}
