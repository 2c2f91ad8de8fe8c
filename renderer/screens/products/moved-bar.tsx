import { Button } from '@fluentui/react-components'
import { ArrowUndo16Regular, Dismiss16Regular } from '@fluentui/react-icons'
import { plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import type { useGroupChange } from './asks.ts'
import css from './products.module.css'

export type LastMove = { readonly auditId: number | null; readonly moved: number; readonly to: string }

type MovedBarProps = {
  readonly last: LastMove
  readonly change: ReturnType<typeof useGroupChange>
  readonly onClose: () => void
}

/** What was just moved, for as long as it may be wanted back. */
export function MovedBar({ last, change, onClose }: MovedBarProps) {
  const notices = useNotices()
  const undo = async (auditId: number): Promise<void> => {
    const undone = await change.run({ do: 'undo', auditId })
    if (!undone.ok) return
    notices.done(`${plural(undone.value.count, 'product')} moved back.`)
    onClose()
  }
  const { auditId } = last
  return (
    <div className={css.bar}>
      <span role="status">
        {last.moved === 0
          ? 'None of them is there any more: nothing was moved.'
          : `${plural(last.moved, 'product')} moved to "${last.to}".`}
      </span>
      {auditId !== null && (
        <Button
          size="small"
          icon={<ArrowUndo16Regular />}
          disabled={change.isBusy}
          onClick={() => void undo(auditId)}
        >
          Undo
        </Button>
      )}
      <Button
        size="small"
        appearance="subtle"
        icon={<Dismiss16Regular />}
        aria-label="Close this note"
        onClick={onClose}
      />
    </div>
  )
}
