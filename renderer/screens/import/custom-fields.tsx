import { Button } from '@fluentui/react-components'
import { api, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import type { Decided } from './columns-step.tsx'
import css from './import.module.css'

/** Says that Halo's custom fields are not known, with another try; nothing once they are. */
export function CustomFields({ view }: { view: Decided }) {
  const notices = useNotices()
  const ask = useCommand(() => api.imports.askCustom.mutate({ id: view.id }))
  if (view.custom !== null || view.entity !== 'customers' || view.state !== 'draft') return null
  return (
    <div className={css.halo}>
      <span>Halo's own custom fields are not listed: it did not answer in time.</span>
      <Button
        size="small"
        disabled={ask.isBusy}
        onClick={async () => notices.tell(await ask.run(undefined), 'Halo has told its custom fields.')}
      >
        Ask Halo again
      </Button>
    </div>
  )
}
