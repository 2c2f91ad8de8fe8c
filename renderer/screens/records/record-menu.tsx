import {
  Button,
  Menu,
  MenuDivider,
  MenuItemLink,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tooltip,
} from '@fluentui/react-components'
import {
  Delete20Regular,
  Edit20Regular,
  LockClosed16Regular,
  MoreVertical20Regular,
  Open16Regular,
} from '@fluentui/react-icons'
import { useRef } from 'react'
import type { RecordLinks } from '../../../app/model/record-links.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import type { RecordRow } from '../../api.ts'
import { EntryItem } from '../../ui/context-menu.tsx'
import { entityWords } from '../../words.ts'
import { quoteOf } from '../quote-actions/actions.tsx'
import { useQuoteActions } from '../quote-actions/use-quote-actions.tsx'
import css from './record.module.css'

/** Why nothing can be changed here. */
const reasonOf = (entity: Entity): string =>
  `This ${entityWords[entity].one} belongs to Datto Commerce: change it there, and the next sync brings it here. Nothing goes back to Commerce.`

/** That it is read-only, and why. */
export function ReadOnly({ entity }: { entity: Entity }) {
  return (
    <span className={css.readonly} title={reasonOf(entity)}>
      <LockClosed16Regular aria-hidden="true" />
      Read-only
    </span>
  )
}

type RecordActionsProps = { readonly record: RecordRow; readonly links: RecordLinks | undefined }

/** Edit and delete stand where people look for them, and say why they cannot be used; the keyboard reaches the reason, too. */
export function RecordActions({ record, links }: RecordActionsProps) {
  const { entity } = record
  return (
    <>
      <Refused name="Edit" entity={entity} icon={<Edit20Regular />} />
      <Refused name="Delete" entity={entity} icon={<Delete20Regular />} />
      <More record={record} links={links} />
    </>
  )
}

/** The three dots: what can be done with a quote, and where else the record can be seen. */
function More({ record, links }: RecordActionsProps) {
  const { entity } = record
  const quote = useQuoteActions()
  const around = useRef<HTMLSpanElement>(null)
  const acts = entity === 'quotes' ? quote.entriesOf(quoteOf(record)) : []
  const entries = entriesOf(entity, links)
  if (acts.length + entries.length === 0) return null
  const trigger = () => around.current?.querySelector('button') ?? null
  return (
    <span ref={around}>
      <Menu positioning="below-end">
        <MenuTrigger disableButtonEnhancement>
          <Button
            size="small"
            icon={<MoreVertical20Regular />}
            aria-label={`More for this ${entityWords[entity].one}`}
          />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {acts.map((entry) => (
              <EntryItem key={entry.id} entry={entry} returnTo={trigger} />
            ))}
            {acts.length > 0 && entries.length > 0 && <MenuDivider />}
            {entries.map(({ name, href }) => (
              <MenuItemLink
                key={name}
                href={href}
                target="_blank"
                rel="noopener noreferrer"
                icon={<Open16Regular />}
              >
                {name}
              </MenuItemLink>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {quote.dialog}
    </span>
  )
}

type Entry = { readonly name: string; readonly href: string }

/** What can be done with the record elsewhere. An entry without an address is left out. */
function entriesOf(entity: Entity, links: RecordLinks | undefined): readonly Entry[] {
  const all: readonly Entry[] = [
    ...(entity === 'products' ? [] : [{ name: 'Raise quote in Datto Commerce', href: links?.raise ?? '' }]),
    { name: 'View in Datto Commerce', href: links?.view ?? '' },
  ]
  return all.filter(({ href }) => href !== '')
}

function Refused({ name, entity, icon }: { name: string; entity: Entity; icon: React.ReactElement }) {
  return (
    <Tooltip content={reasonOf(entity)} relationship="description">
      <Button size="small" icon={icon} disabledFocusable>
        {name}
      </Button>
    </Tooltip>
  )
}
