import {
  Button,
  Checkbox,
  DialogActions,
  DialogContent,
  Field,
  Input,
  Select,
  Textarea,
} from '@fluentui/react-components'
import { ArrowDown16Regular, Warning20Filled } from '@fluentui/react-icons'
import { useCallback, useMemo, useRef, useState } from 'react'
import { amount, plural } from '../../ui/format.ts'
import css from './create-order.module.css'
import { OrdersThere } from './order-answers.tsx'
import {
  type Choice,
  type DraftReading,
  dayOfClock,
  firstDraft,
  inputOf,
  type OrderDraft,
  type OrderStart,
  readDraft,
  withChoices,
} from './order-draft.ts'
import { OrderLines } from './order-lines.tsx'

type OrderFormProps = {
  readonly start: OrderStart
  readonly isBusy: boolean
  readonly onMake: (order: ReturnType<typeof inputOf>) => Promise<void>
  readonly onClose: () => void
}

/** What the order will be: its own fields, the quote's lines, and what they come to. */
export function OrderForm({ start, isBusy, onMake, onClose }: OrderFormProps) {
  const [draft, setDraft] = useState(() => firstDraft(start, dayOfClock(new Date())))
  const reading = useMemo(() => readDraft(start, draft), [start, draft])
  const place = useRef<HTMLDivElement>(null)
  const buttons = useRef<HTMLDivElement>(null)
  const choose = useCallback(
    (ids: readonly number[], change: Partial<Choice>) => setDraft((now) => withChoices(now, ids, change)),
    [],
  )
  const set = (change: Partial<OrderDraft>): void => setDraft((now) => ({ ...now, ...change }))
  const toUndecided = (): void => {
    const [id] = reading.undecided
    place.current?.querySelector<HTMLElement>(`[data-line="${id}"] input`)?.focus()
  }
  // These buttons go when nothing is undecided, and whoever pressed one goes on with the next.
  const leaveOut = (): void => {
    choose(reading.undecided, { isTaken: false })
    buttons.current?.querySelector<HTMLElement>('[data-make]')?.focus()
  }
  return (
    <>
      <DialogContent>
        <div ref={place} className={css.content}>
          <p className={css.intro}>
            Makes an order in Halo for <strong>{start.offer.client || 'the client of the quote'}</strong>
            {start.offer.contact && ` (${start.offer.contact})`}, in its currency and with the delivery
            address of the quote. Datto Commerce is not told.
          </p>
          {start.orders.length > 0 && <Another start={start} draft={draft} set={set} />}
          <OwnFields start={start} draft={draft} set={set} />
          <OrderLines start={start} draft={draft} wrong={reading.wrong} choose={choose} />
          {start.delivery && (
            <Checkbox
              className={css.delivery}
              checked={draft.hasDelivery}
              onChange={(_, { checked }) => set({ hasDelivery: checked === true })}
              label={`Delivery, ${amount(start.delivery.amount)} before tax, as a line of its own`}
            />
          )}
        </div>
      </DialogContent>
      <DialogActions className={css.foot}>
        <Totals reading={reading} />
        <div ref={buttons} className={css.buttons}>
          {reading.undecided.length > 0 && (
            <>
              <Button size="small" icon={<ArrowDown16Regular />} onClick={toUndecided}>
                Next undecided
              </Button>
              <Button size="small" onClick={leaveOut}>
                Leave them out
              </Button>
            </>
          )}
          <span className={css.obstacle}>{reading.obstacle ?? sentence(start, draft, reading)}</span>
          <Button
            data-make
            appearance="primary"
            disabledFocusable={reading.obstacle !== null || isBusy}
            onClick={() => void onMake(inputOf(start, draft, reading))}
          >
            {isBusy ? 'Being made' : draft.isAnother ? 'Create another order' : 'Create sales order'}
          </Button>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
        </div>
      </DialogActions>
    </>
  )
}

/** What will be made, plainly. */
function sentence(
  { statuses }: OrderStart,
  { statusId }: OrderDraft,
  { wanted, delivery }: DraftReading,
): string {
  const status = statuses.find(({ id }) => id === statusId)?.name
  const lines = plural(wanted.length + (delivery ? 1 : 0), 'line')
  return `${lines} will be written${status ? `, status ${status}` : ''}.`
}

type PartProps = {
  readonly start: OrderStart
  readonly draft: OrderDraft
  readonly set: (change: Partial<OrderDraft>) => void
}

/** A second order of the same quote is asked for by itself. */
function Another({ start, draft, set }: PartProps) {
  return (
    <div className={css.warning}>
      <span className={css.sign} aria-hidden="true">
        <Warning20Filled />
      </span>
      <div>
        <strong>
          This quote has {start.orders.length === 1 ? 'an order' : plural(start.orders.length, 'order')} in
          Halo already.
        </strong>
        <OrdersThere orders={start.orders} />
        <Checkbox
          checked={draft.isAnother}
          onChange={(_, { checked }) => set({ isAnother: checked === true })}
          label="Make another order of this quote all the same"
        />
      </div>
    </div>
  )
}

function OwnFields({ start, draft, set }: PartProps) {
  return (
    <div className={css.fields}>
      <Field label="Title" required className={css.wide}>
        <Input value={draft.title} maxLength={500} onChange={(_, { value }) => set({ title: value })} />
      </Field>
      <Field label="Purchase order number">
        <Input
          value={draft.reference}
          maxLength={250}
          onChange={(_, { value }) => set({ reference: value })}
        />
      </Field>
      <Field label="Ordered on" required>
        <Input type="date" value={draft.day} onChange={(_, { value }) => set({ day: value })} />
      </Field>
      <Field label="Status in Halo">
        <Select
          value={draft.statusId === null ? '' : String(draft.statusId)}
          onChange={(_, { value }) => set({ statusId: value === '' ? null : Number(value) })}
        >
          <option value="">As Halo gives it</option>
          {start.statuses.map(({ id, name }) => (
            <option key={id} value={String(id)}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Note" className={css.wide}>
        <Textarea
          rows={1}
          resize="vertical"
          value={draft.note}
          maxLength={10_000}
          onChange={(_, { value }) => set({ note: value })}
        />
      </Field>
    </div>
  )
}

/** What is paid once and in each period, with tax. */
function Totals({ reading: { totals } }: { reading: DraftReading }) {
  const all = [
    ['Once', totals.once],
    ['Monthly', totals.monthly],
    ['Quarterly', totals.quarterly],
    ['Yearly', totals.yearly],
  ] as const
  const shown = all.filter(([name, { gross, tax }]) => name === 'Once' || gross !== 0 || tax !== 0)
  return (
    <dl className={css.totals} aria-label="What the order comes to">
      {shown.map(([name, { beforeTax, tax, total }]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <strong>{amount(total)}</strong>
            <span className="quiet">
              {amount(beforeTax)} + {amount(tax)} tax
            </span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
