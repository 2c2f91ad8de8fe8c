import { useState } from 'react'
import { Combo } from '../../palette/combo.tsx'
import { useRecordChoices } from '../../palette/record-choices.tsx'
import css from './overview.module.css'

/** "Was this synced?": any number, name, SKU or id leads to its record. */
export function RecordSearch() {
  const [text, setText] = useState('')
  const [isInside, setInside] = useState(false)
  const { choices, isLooking, isNothing } = useRecordChoices(text, () => setText(''))
  const note = isLooking
    ? 'Looking through the records …'
    : isNothing
      ? 'No synced record has this number, name, SKU or id.'
      : undefined
  const isOpen = isInside && (choices.length > 0 || note !== undefined)
  return (
    <search
      className={css.search}
      data-open={isOpen}
      onFocus={() => setInside(true)}
      onBlur={() => setInside(false)}
    >
      <Combo
        label="Was this synced?"
        placeholder="Was this synced? Any quote, order, customer, SKU or id"
        text={text}
        onText={setText}
        groups={[{ title: 'Records', choices }]}
        note={note}
        isOpen={isOpen}
        onEscape={() => setText('')}
      />
    </search>
  )
}
