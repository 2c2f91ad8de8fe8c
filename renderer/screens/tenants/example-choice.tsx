import { Button, Combobox, Option } from '@fluentui/react-components'
import { ChevronLeft16Regular, ChevronRight16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { type Answers, api, useAsk } from '../../api.ts'
import css from './field-map.module.css'
import { soughtIn } from './field-map.ts'

export type Example = NonNullable<Answers['mapping']['example']>
type Which = NonNullable<Parameters<typeof api.mapping.example.query>[0]['of']>

/** One customer to see the mapping at: the newest at first; undefined while it is asked for, null when none was read yet. */
export function useExample(tenantId: number) {
  const [which, choose] = useState<Which>({ newest: true })
  const asked = useAsk(['mapping.example', tenantId, which], (signal) =>
    api.mapping.example.query({ id: tenantId, of: which }, { signal }),
  )
  // While the next one is on its way the last one stays, so that nothing jumps.
  const [kept, keep] = useState<Example | null | undefined>(undefined)
  if (asked.data !== undefined && asked.data !== kept) keep(asked.data)
  return { example: asked.data ?? kept, choose }
}

type ExampleChoiceProps = {
  readonly tenantId: number
  readonly example: Example
  readonly onChoose: (which: Which) => void
}

/** Whose values are shown: step through them, or look one up by name or number. */
export function ExampleChoice({ tenantId, example, onChoose }: ExampleChoiceProps) {
  const { commerceId, hasBefore, hasAfter } = example
  return (
    <div className={css.example}>
      <span>Values of</span>
      <CustomerSearch tenantId={tenantId} example={example} onChoose={onChoose} />
      <Button
        size="small"
        icon={<ChevronLeft16Regular />}
        aria-label="Older customer"
        title="Older customer"
        disabled={!hasBefore}
        onClick={() => onChoose({ before: commerceId })}
      />
      <Button
        size="small"
        icon={<ChevronRight16Regular />}
        aria-label="Newer customer"
        title="Newer customer"
        disabled={!hasAfter}
        onClick={() => onChoose({ after: commerceId })}
      />
    </div>
  )
}

const nameOf = ({ name, number }: { readonly name: string; readonly number: string }): string =>
  number === '' ? name : `${name} (${number})`

function CustomerSearch({ tenantId, example, onChoose }: ExampleChoiceProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const text = (typed ?? '').trim().slice(0, 200)
  const found = useAsk(['mapping.findCustomers', tenantId, text], (signal) =>
    typed === null
      ? Promise.resolve([])
      : api.mapping.findCustomers.query({ id: tenantId, text }, { signal }),
  ).data
  return (
    <Combobox
      size="small"
      freeform
      className={css.picker ?? ''}
      aria-label="Example customer"
      expandIcon={{ tabIndex: -1 }}
      onFocus={(event) => event.target.select()}
      placeholder="Name or number"
      value={typed ?? nameOf(example)}
      selectedOptions={[String(example.commerceId)]}
      onChange={(event) => setTyped((before) => soughtIn(event.target.value, before, nameOf(example)))}
      onOpenChange={(_, { open }) => setTyped((now) => (open ? (now ?? '') : null))}
      onOptionSelect={(_, { optionValue }) => {
        if (!optionValue) return
        setTyped(null)
        onChoose({ commerceId: Number(optionValue) })
      }}
    >
      {found?.map((customer) => (
        <Option key={customer.commerceId} value={String(customer.commerceId)} text={nameOf(customer)}>
          {nameOf(customer)}
        </Option>
      ))}
      {found?.length === 0 && (
        <Option disabled value="" text="No customer found">
          No customer has this in its name or number
        </Option>
      )}
    </Combobox>
  )
}
