import { Button } from '@fluentui/react-components'
import { ArrowUndo16Regular, Dismiss16Regular } from '@fluentui/react-icons'
import { explain } from '../../../app/model/fault-words.ts'
import { count, plural } from '../../ui/format.ts'
import { Trouble } from '../../ui/trouble.tsx'
import { type Linked, type Summary, useTakingBack } from './asks.ts'
import type { Choice } from './choice.ts'
import css from './matches.module.css'

/** Links that no sync has used yet, for as long as they can be taken back. */
export function LinksBar({ tenantId, links }: { tenantId: number; links: Summary['links'] }) {
  const back = useTakingBack(tenantId)
  if (links.customers === 0) return null
  return (
    <div className={css.bar}>
      <span role="status">
        {plural(links.customers, 'customer')} {links.customers === 1 ? 'was' : 'were'} linked, and no sync has
        run since.
      </span>
      <Button
        size="small"
        icon={<ArrowUndo16Regular />}
        disabled={back.isBusy}
        onClick={() => void back.run(links.auditIds)}
      >
        {links.customers === 1 ? 'Take the link back' : 'Take the links back'}
      </Button>
    </div>
  )
}

/** More is not read. */
const shownRefused = 50

type ResultBarProps = { readonly result: Linked; readonly choice: Choice; readonly onClose: () => void }

/** What came of linking, each customer that could not be linked with the reason. */
export function ResultBar({ result, choice, onClose }: ResultBarProps) {
  const { linked, refused, stopped } = result
  // What was linked is said by the bar that takes it back.
  if (refused.length === 0 && stopped === null) return null
  return (
    <div className={css.result}>
      <div className={css.bar} data-tone="heals">
        <strong role="status">
          {plural(linked, 'customer')} linked.
          {refused.length > 0 && ` ${count(refused.length)} could not be linked:`}
        </strong>
        <span style={{ flex: 1 }} />
        <Button
          size="small"
          appearance="subtle"
          icon={<Dismiss16Regular />}
          aria-label="Close this note"
          onClick={onClose}
        />
      </div>
      {refused.length > 0 && (
        <ul className={css.refused}>
          {refused.slice(0, shownRefused).map(({ commerceId, haloId, fault }) => (
            <li key={commerceId}>
              {choice.nameOf(`${commerceId}/${haloId}`)}: {explain(fault).what}
            </li>
          ))}
          {refused.length > shownRefused && <li>{count(refused.length - shownRefused)} more</li>}
        </ul>
      )}
      {stopped && <Trouble fault={stopped} />}
    </div>
  )
}
