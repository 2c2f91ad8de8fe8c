import { Circle16Regular } from '@fluentui/react-icons'
import { startTransition, useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { LinesView, ShownLine, ShownSection } from '../../../app/model/lines-view.ts'
import type { Amounts, Totals } from '../../../app/model/totals.ts'
import { amount, plural } from '../../ui/format.ts'
import { Mark } from '../../ui/mark.tsx'
import { Section } from '../../ui/page.tsx'
import plain from '../../ui/plain-table.module.css'
import { periodWord, whyWords } from '../../words-of-lines.ts'
import css from './record.module.css'

/** Money in the user's locale, the exact value on hover. */
const Money = ({ value }: { value: number }) => <span title={String(value)}>{amount(value)}</span>

/** The lines of a quote or order under their sections, and what they add up to. */
export function LinesPart({ view, tenantId }: { view: LinesView; tenantId: number }) {
  const shown = useSomeFirst(view.sections)
  const unchosen = view.sections.flatMap(({ lines }) => lines.filter(({ why }) => why !== null)).length
  return (
    <>
      <Section title="Totals">
        <TotalsTable totals={view.totals} />
      </Section>
      <Section title="Lines">
        {unchosen > 0 && (
          <p className="quiet" style={{ marginBottom: 8 }}>
            {plural(unchosen, 'line')} not chosen in Commerce: shown here, part of no total
            {view.areUnchosenKept ? ', and optional in Halo.' : ', and not written to Halo.'}
          </p>
        )}
        {view.sections.length === 0 ? (
          <p className="quiet">It has no lines.</p>
        ) : (
          <div className={plain.frame}>
            <table className={`${plain.table} ${css.lines}`} aria-label="Lines">
              <Head />
              {shown.map((section, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: sections have no id of their own and never change their order
                <SectionRows key={at} section={section} tenantId={tenantId} />
              ))}
            </table>
          </div>
        )}
      </Section>
    </>
  )
}

/** A screen's worth. */
const firstLines = 40

/** The first lines at once, the others right after: a long quote must not keep its first screen waiting. */
function useSomeFirst(sections: readonly ShownSection[]): readonly ShownSection[] {
  const [isAll, setAll] = useState(false)
  useEffect(() => startTransition(() => setAll(true)), [])
  if (isAll) return sections
  let left = firstLines
  return sections.flatMap((section) => {
    if (left <= 0) return []
    const lines = section.lines.slice(0, left)
    left -= Math.max(1, lines.length)
    return [{ ...section, lines }]
  })
}

const Head = () => (
  <thead>
    <tr>
      <th scope="col">SKU</th>
      <th scope="col">Description</th>
      <th scope="col" data-align="end">
        Quantity
      </th>
      <th scope="col" data-align="end">
        Unit price
      </th>
      <th scope="col" data-align="end">
        Discount
      </th>
      <th scope="col" data-align="end">
        Before tax
      </th>
      <th scope="col" data-align="end">
        Tax
      </th>
      <th scope="col">Billing</th>
      <th scope="col">Counts</th>
    </tr>
  </thead>
)

function SectionRows({ section, tenantId }: { section: ShownSection; tenantId: number }) {
  const hasHead = section.title !== '' || section.note !== ''
  return (
    <tbody>
      {hasHead && (
        <tr>
          <th colSpan={9} scope="rowgroup">
            {section.title || 'Text'}
            {section.isMultiChoice && <span className={css.note}> one of several choices</span>}
            {section.note && <div className={css.note}>{section.note}</div>}
          </th>
        </tr>
      )}
      {section.lines.map((line) => (
        <LineRow key={`${line.sequence} ${line.commerceId}`} line={line} tenantId={tenantId} />
      ))}
    </tbody>
  )
}

function LineRow({ line, tenantId }: { line: ShownLine; tenantId: number }) {
  return (
    <tr data-unchosen={line.why !== null || undefined}>
      <td>
        {line.productCommerceId === null ? (
          line.productCode
        ) : (
          <Link href={`/products/${tenantId}/${line.productCommerceId}`}>
            {line.productCode || `Product ${line.productCommerceId}`}
          </Link>
        )}
      </td>
      <td className={css.text}>
        {line.description}
        {line.note && <div className={css.note}>{line.note}</div>}
      </td>
      <td data-align="end">{line.quantity.toLocaleString()}</td>
      <td data-align="end">
        <Money value={line.price} />
      </td>
      <td data-align="end">{line.discount !== 0 && <Money value={line.discount} />}</td>
      <td data-align="end">
        <Money value={line.amount} />
      </td>
      <td data-align="end">
        <span title={`${line.tax} (${line.taxRate} %)`}>{amount(line.tax)}</span>
      </td>
      <td>
        {periodWord(line.billingPeriod)}
        {line.periods !== null && <span className="quiet"> × {line.periods}</span>}
      </td>
      <td>
        {line.why === null ? (
          'Yes'
        ) : (
          <Mark tone="quiet" icon={<Circle16Regular />}>
            {whyWords[line.why]}
          </Mark>
        )}
      </td>
    </tr>
  )
}

/** What is paid once, and in each period; never added up with each other. */
function TotalsTable({ totals }: { totals: Totals }) {
  const rows: readonly (readonly [string, Amounts])[] = [
    ['Once', totals.once],
    ['Delivery, once', totals.delivery],
    ['Monthly', totals.monthly],
    ['Quarterly', totals.quarterly],
    ['Yearly', totals.yearly],
  ]
  const { once, monthly, quarterly, yearly } = totals.optional
  const optional: readonly (readonly [string, Amounts])[] = [
    ['Not chosen, once', once],
    ['Not chosen, monthly', monthly],
    ['Not chosen, quarterly', quarterly],
    ['Not chosen, yearly', yearly],
  ]
  const isSome = ([, { gross, tax }]: readonly [string, Amounts]): boolean => gross !== 0 || tax !== 0
  const [first, ...others] = rows
  return (
    <div className={plain.frame}>
      <table className={`${plain.table} ${css.lines}`} aria-label="Totals">
        <thead>
          <tr>
            <th scope="col">Paid</th>
            {['Gross', 'Discount', 'Before tax', 'Tax', 'Total'].map((title) => (
              <th key={title} scope="col" data-align="end">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...(first ? [first] : []), ...others.filter(isSome)].map(([name, amounts]) => (
            <TotalRow key={name} name={name} amounts={amounts} />
          ))}
          {optional.filter(isSome).map(([name, amounts]) => (
            <TotalRow key={name} name={name} amounts={amounts} isQuiet />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function TotalRow({ name, amounts, isQuiet }: { name: string; amounts: Amounts; isQuiet?: boolean }) {
  const { gross, discount, beforeTax, tax, total } = amounts
  return (
    <tr data-unchosen={isQuiet || undefined}>
      <td>{name}</td>
      {Object.entries({ gross, discount, beforeTax, tax, total }).map(([key, value]) => (
        <td key={key} data-align="end">
          {key === 'total' ? (
            <strong>
              <Money value={value} />
            </strong>
          ) : (
            <Money value={value} />
          )}
        </td>
      ))}
    </tr>
  )
}
