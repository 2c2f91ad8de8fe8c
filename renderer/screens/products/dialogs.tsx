import { Field, Input, Select } from '@fluentui/react-components'
import { useState } from 'react'
import type { Result } from '../../../app/model/fault.ts'
import { explain } from '../../../app/model/fault-words.ts'
import { Ask } from '../../ui/ask.tsx'
import { plural } from '../../ui/format.ts'
import { type Change, type Changed, type Group, nameOfGroup } from './asks.ts'

type Send = (change: Change) => Promise<Result<Changed>>
type NameProps = {
  /** null: a new group. */
  readonly group: Group | null
  readonly send: Send
  readonly isBusy: boolean
  readonly onClose: () => void
  readonly onDone: (name: string) => void
}

/** The name of a new group, or a new name. */
export function NameDialog({ group, send, isBusy, onClose, onDone }: NameProps) {
  const [name, setName] = useState(group?.name ?? '')
  const [trouble, setTrouble] = useState<string | null>(null)
  const wanted = name.trim()
  const onSend = async (): Promise<void> => {
    const done = await send(
      group ? { do: 'rename', id: group.id, name: wanted } : { do: 'add', name: wanted },
    )
    if (done.ok) onDone(wanted)
    else setTrouble(explain(done.fault).what)
  }
  return (
    <Ask
      title={group ? `Rename "${group.name}"` : 'New product group'}
      doIt={group ? 'Rename' : 'Make the group'}
      isBusy={isBusy}
      isReady={wanted !== '' && wanted !== group?.name}
      onSend={() => void onSend()}
      onClose={onClose}
    >
      <Field
        label="Name"
        hint="Written to Halo at once; everybody there sees it."
        {...(trouble ? { validationState: 'error' as const, validationMessage: trouble } : {})}
      >
        <Input
          value={name}
          maxLength={250}
          onChange={(_, { value }) => {
            setName(value)
            setTrouble(null)
          }}
        />
      </Field>
    </Ask>
  )
}

/** What is to be moved: picked products, or all of a group. */
export type ToMove = {
  readonly what: { readonly haloIds: number[] } | { readonly groupId: number }
  readonly products: number
  /** The group that they are in; null when in several. */
  readonly from: Group | null
}

type MoveProps = {
  readonly toMove: ToMove
  readonly groups: readonly Group[]
  readonly send: Send
  readonly isBusy: boolean
  readonly onClose: () => void
  readonly onDone: (changed: Changed, to: Group) => void
}

/** Where to move products to. */
export function MoveDialog({ toMove, groups, send, isBusy, onClose, onDone }: MoveProps) {
  const others = groups.filter(({ id, name }) => id !== toMove.from?.id && name !== '')
  const [to, setTo] = useState<number | null>(null)
  const onSend = async (): Promise<void> => {
    const target = others.find(({ id }) => id === to)
    if (!target) return
    const done = await send({ do: 'move', what: toMove.what, to: target.id })
    if (done.ok) onDone(done.value, target)
    else onClose()
  }
  const products = plural(toMove.products, 'product')
  return (
    <Ask
      title={toMove.from ? `Move ${products} out of "${nameOfGroup(toMove.from)}"` : `Move ${products}`}
      doIt={`Move ${products}`}
      isBusy={isBusy}
      isReady={to !== null}
      onSend={() => void onSend()}
      onClose={onClose}
    >
      <Field label="To the group" required>
        <Select
          value={to === null ? '' : String(to)}
          onChange={(_, { value }) => setTo(value === '' ? null : Number(value))}
        >
          <option value="">Choose a group</option>
          {others.map(({ id, name }) => (
            <option key={id} value={String(id)}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <p className="quiet">
        Halo has them there at once. They stay there, whatever the mapping of their category says, until
        somebody lets the category decide again.
      </p>
    </Ask>
  )
}
