import { memo } from 'react'
import { product, toNumber } from '../../../app/model/money.ts'
import { isPart, type OfferedLine } from '../../../app/model/new-order.ts'
import { amount } from '../../ui/format.ts'
import plain from '../../ui/plain-table.module.css'
import { periodWord } from '../../words-of-lines.ts'
import css from './create-order.module.css'
import type { Choice, OrderDraft, OrderStart } from './order-draft.ts'

type Choose = (ids: readonly number[], change: Partial<Choice>) => void
type OrderLinesProps = {
  readonly start: OrderStart
  readonly draft: OrderDraft
  readonly wrong: ReadonlySet<number>
  readonly choose: Choose
}

/** The quote's lines: those that count are taken, each optional one is asked about. */
export function OrderLines({ start, draft, wrong, choose }: OrderLinesProps) {
  const { lines } = start.offer
  const usual = lines.filter((line) => line.kind === 'line' && !line.isOptional && canBeOrdered(line))
  const taken = usual.filter(({ id }) => draft.choices.get(id)?.isTaken).length
  return (
    <div className={`${plain.frame} ${css.frame}`}>
      <table className={`${plain.table} ${css.table}`} aria-label="Lines of the quote">
        <thead>
          <tr>
            <th scope="col">
              <label className={css.check}>
                <input
                  type="checkbox"
                  checked={taken === usual.length && usual.length > 0}
                  ref={(box) => {
                    if (box) box.indeterminate = taken > 0 && taken < usual.length
                  }}
                  onChange={({ target }) =>
                    choose(
                      usual.map(({ id }) => id),
                      { isTaken: target.checked },
                    )
                  }
                />
                Order
              </label>
            </th>
            <th scope="col">Description</th>
            <th scope="col" data-align="end">
              Quantity
            </th>
            <th scope="col" data-align="end">
              Unit price
            </th>
            <th scope="col" data-align="end">
              Before tax
            </th>
            <th scope="col">Billing</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            if (line.kind === 'heading') return <Heading key={line.id} line={line} />
            const choice = draft.choices.get(line.id)
            return choice ? (
              <Row key={line.id} line={line} choice={choice} isWrong={wrong.has(line.id)} choose={choose} />
            ) : null
          })}
        </tbody>
      </table>
    </div>
  )
}

const canBeOrdered = (line: OfferedLine): boolean => isPart(line.quantity, line)

const Heading = ({ line }: { line: OfferedLine }) => (
  <tr>
    <th colSpan={6} scope="rowgroup" className={css.heading}>
      {line.description || 'Text'}
    </th>
  </tr>
)

type RowProps = {
  readonly line: OfferedLine
  readonly choice: Choice
  readonly isWrong: boolean
  readonly choose: Choose
}

const stateOf = ({ isTaken }: Choice): 'undecided' | 'taken' | 'left' =>
  isTaken === null ? 'undecided' : isTaken ? 'taken' : 'left'

/** Plain inputs and a row that is drawn only when it changes: a quote may have hundreds of lines. */
const Row = memo(function Row({ line, choice, isWrong, choose }: RowProps) {
  const quantity = Number(choice.quantity)
  const counted = isWrong || !choice.isTaken ? line.quantity : quantity
  const before = toNumber(product(line.price, counted) - product(line.discount, counted))
  return (
    <tr data-line={line.id} data-state={stateOf(choice)}>
      <td>
        {line.isOptional ? <OptionalAnswer line={line} choice={choice} choose={choose} /> : null}
        {!line.isOptional && (
          <label className={css.check}>
            <input
              type="checkbox"
              aria-label={`Order ${line.description}`}
              checked={choice.isTaken === true}
              disabled={!canBeOrdered(line)}
              onChange={({ target }) => choose([line.id], { isTaken: target.checked })}
            />
          </label>
        )}
      </td>
      <td className={plain.wrap}>
        {line.description}
        {line.productCode && <div className={css.small}>{line.productCode}</div>}
        {line.isOptional && <div className={css.small}>Optional in the quote</div>}
      </td>
      <td data-align="end">
        <span className={css.quantity}>
          <input
            type="number"
            className={css.number}
            aria-label={`Quantity of ${line.description}`}
            aria-invalid={isWrong || undefined}
            min={Number.isInteger(line.quantity) ? 1 : 0}
            max={line.quantity}
            step={Number.isInteger(line.quantity) ? 1 : 'any'}
            value={choice.quantity}
            disabled={!choice.isTaken}
            onChange={({ target }) => choose([line.id], { quantity: target.value })}
          />
          <span className={css.small}>of {line.quantity.toLocaleString()}</span>
        </span>
        {isWrong && <div className={css.wrong}>1 to {line.quantity.toLocaleString()}</div>}
      </td>
      <td data-align="end">
        {amount(line.price)}
        {line.discount !== 0 && <div className={css.small}>less {amount(line.discount)}</div>}
      </td>
      <td data-align="end">{amount(before)}</td>
      <td>
        {periodWord(line.billingPeriod)}
        {line.periods !== null && <span className="quiet"> × {line.periods}</span>}
      </td>
    </tr>
  )
})

function OptionalAnswer({ line, choice, choose }: Omit<RowProps, 'isWrong'>) {
  const name = `optional-${line.id}`
  const answer = (word: string, isTaken: boolean) => (
    <label className={css.check}>
      <input
        type="radio"
        name={name}
        checked={choice.isTaken === isTaken}
        disabled={!canBeOrdered(line)}
        onChange={() => choose([line.id], { isTaken })}
      />
      {word}
    </label>
  )
  return (
    <fieldset className={css.optional}>
      <legend className="visually-hidden">Optional: {line.description}</legend>
      {answer('Take it', true)}
      {answer('Leave it', false)}
    </fieldset>
  )
}
