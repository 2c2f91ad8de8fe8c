import { useState } from 'react'
import { useLocation } from 'wouter'
import { entitiesShown, entityWords } from '../words.ts'
import { type Choice, type ChoiceGroup, Combo } from './combo.tsx'
import { type Command, useCommands } from './commands.tsx'
import { matching } from './match.ts'
import { openOver } from './open.ts'
import { Overlay } from './over.tsx'
import { useRecordChoices } from './record-choices.tsx'

const close = (): void => openOver(null)

/** Ctrl+K: one line that leads everywhere. Screens, tenants and actions by their words; records of all kinds by number, name, SKU or id. */
export function Palette() {
  const [text, setText] = useState('')
  const { screens, tenants, actions } = useCommands()
  const records = useRecordChoices(text, close)
  const isEmpty = text.trim() === ''
  const chosen = (commands: readonly Command[]): readonly Choice[] =>
    matching(text, commands).map(({ id, name, icon, act }) => ({
      id,
      name,
      icon,
      act: () => {
        close()
        act()
      },
    }))
  const lists = useListChoices(text)
  const groups: readonly ChoiceGroup[] = [
    { title: 'Screens', choices: chosen(screens) },
    { title: 'Tenants', choices: isEmpty ? [] : chosen(tenants) },
    { title: 'Actions', choices: isEmpty ? [] : chosen(actions) },
    { title: 'Was this synced?', choices: records.choices },
    { title: 'Look through a list', choices: records.choices.length > 0 || records.isNothing ? lists : [] },
  ]
  return (
    <Overlay label="Search and commands" onClose={close}>
      <Combo
        label="Search for a screen, an action or a record"
        placeholder="A screen, an action, or any quote, order, customer, SKU or id"
        text={text}
        onText={setText}
        groups={groups}
        note={noteOf(isEmpty, records)}
        onEscape={close}
        hasFocusAtFirst
      />
    </Overlay>
  )
}

function noteOf(
  isEmpty: boolean,
  { isLooking, isNothing }: ReturnType<typeof useRecordChoices>,
): string | undefined {
  if (isEmpty) return 'Type a number, a name, an SKU or an id to see whether it was synced.'
  if (isLooking) return 'Looking through the records …'
  return isNothing ? 'No synced record has this number, name, SKU or id.' : undefined
}

/** The same text in the lists, where it can be filtered further. */
function useListChoices(text: string): readonly Choice[] {
  const [, go] = useLocation()
  return entitiesShown.map((entity) => ({
    id: `list-${entity}`,
    name: `${entityWords[entity].many} with “${text.trim()}”`,
    act: () => {
      close()
      go(`${entityWords[entity].path}?q=${encodeURIComponent(text.trim())}`)
    },
  }))
}
