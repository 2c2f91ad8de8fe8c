import { Button } from '@fluentui/react-components'
import { api, useCommand } from '../../api.ts'
import { count, exactTime } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { useBusy, useOnce } from './asks.ts'
import type { Decided } from './columns-step.tsx'
import css from './import.module.css'

/** What came of asking Halo about the rows: it goes on beside the work, and the rest of the check stands without it. */
export function HaloLine({ view }: { view: Decided }) {
  const notices = useNotices()
  const busy = useBusy(view.id)
  const ask = useCommand(() => api.imports.askHalo.mutate({ id: view.id }))
  const begin = async (): Promise<void> => {
    const begun = await ask.run(undefined)
    if (!begun.ok) notices.trouble(begun.fault)
  }
  const { halo } = view
  useOnce(view.isChecked && view.state === 'draft' && halo === null, () => void begin())
  if (busy?.what === 'asking') {
    return (
      <div className={css.halo}>
        <span role="status">Asking Halo: {count(busy.rows)} rows so far</span>
        <Button size="small" onClick={() => void api.imports.stopAsking.mutate({ id: view.id })}>
          Stop asking
        </Button>
      </div>
    )
  }
  if (!view.isChecked || halo === null) return null
  const again = (words: string) => (
    <Button size="small" disabled={ask.isBusy} onClick={() => void begin()}>
      {words}
    </Button>
  )
  if (halo.state === 'no answer') {
    return (
      <>
        <p className={css.halo}>
          Halo could not be asked: names that it does not have, and records that are there already, are not
          told. The rest of the check stands.
        </p>
        <Trouble fault={halo.fault} actions={again('Try again')} />
      </>
    )
  }
  return (
    <div className={css.halo}>
      {halo.state === 'asked' ? (
        <>
          <span className="quiet">Halo was asked on {exactTime(halo.at)}.</span>
          {again('Ask again')}
        </>
      ) : (
        <>
          <span className="quiet">Halo was not asked to the end; not all of its answers are told.</span>
          {again('Ask Halo')}
        </>
      )}
    </div>
  )
}
