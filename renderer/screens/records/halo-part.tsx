import { Button, Checkbox } from '@fluentui/react-components'
import { ArrowClockwise16Regular, CheckmarkCircle16Filled, Warning16Filled } from '@fluentui/react-icons'
import { useState } from 'react'
import type { ComparedField, ComparedLine, Comparison } from '../../../app/model/comparison.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import { answered, api, faultOf, useAskOnce } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { plural } from '../../ui/format.ts'
import { Mark } from '../../ui/mark.tsx'
import { Section } from '../../ui/page.tsx'
import plain from '../../ui/plain-table.module.css'
import { Trouble } from '../../ui/trouble.tsx'
import css from './record.module.css'

type Which = { readonly tenantId: number; readonly entity: Entity; readonly commerceId: number }

/** Commerce and Halo side by side, as they are now. */
export function HaloPart(which: Which) {
  const { tenantId, entity, commerceId } = which
  const asked = useAskOnce(['records.compare', tenantId, entity, commerceId], async (signal) =>
    answered(await api.records.compare.query(which, { signal })),
  )
  const again = (
    <Button
      size="small"
      icon={<ArrowClockwise16Regular />}
      disabled={asked.isFetching}
      onClick={() => void asked.refetch()}
    >
      Compare again
    </Button>
  )
  if (asked.error) return <Trouble fault={faultOf(asked.error)} actions={again} />
  const { data } = asked
  if (!data) return <Skeleton lines={8} />
  if (data.state !== 'compared') {
    return (
      <div className={css.tools}>
        <p>
          {data.state === 'notSynced'
            ? 'It is not in Halo yet. The next sync writes it.'
            : 'Halo no longer has it under its number. The next sync that touches it writes it anew.'}
        </p>
        {again}
      </div>
    )
  }
  return (
    <Compared comparison={data.comparison}>
      {data.ticketId !== null && <span>Linked to ticket {data.ticketId} in Halo.</span>}
      {again}
    </Compared>
  )
}

function Compared({ comparison, children }: { comparison: Comparison; children: React.ReactNode }) {
  const [isOnly, setOnly] = useState(comparison.differences > 0)
  const { fields, lines, differences, haloLines } = comparison
  const synced = fields.filter(({ isSynced }) => isSynced)
  const shown = isOnly ? synced.filter(({ differs }) => differs) : synced
  const others = fields.filter(({ isSynced, halo }) => !isSynced && halo !== null && halo !== '')
  return (
    <div className={css.pair}>
      <div className={css.tools}>
        {differences === 0 ? (
          <Mark tone="good" icon={<CheckmarkCircle16Filled />}>
            Halo has it as Commerce has it
          </Mark>
        ) : (
          <Mark tone="heals" icon={<Warning16Filled />}>
            {plural(differences, 'difference')}: the next sync that touches it writes them
          </Mark>
        )}
        <Checkbox
          label="Only what differs"
          checked={isOnly}
          onChange={(_, { checked }) => setOnly(checked === true)}
        />
        {children}
      </div>
      {shown.length > 0 && <Sides name="Fields" fields={shown} />}
      {haloLines > 0 && lines.length === 0 && (
        <p className="quiet">{`All ${plural(haloLines, 'line')} in Halo are as in Commerce.`}</p>
      )}
      {lines.map((line) => (
        <DifferingLine key={`${line.sequence} ${line.state}`} line={line} />
      ))}
      {!isOnly && others.length > 0 && (
        <details>
          <summary>{plural(others.length, 'field')} that only Halo has: no sync touches them</summary>
          <Sides name="Only in Halo" fields={others} />
        </details>
      )}
    </div>
  )
}

function Sides({ name, fields }: { name: string; fields: readonly ComparedField[] }) {
  return (
    <div className={plain.frame}>
      <table className={`${plain.table} ${css.lines} ${css.sides}`} aria-label={name}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Datto Commerce</th>
            <th scope="col">Halo</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.field} data-differs={field.differs || undefined}>
              <th scope="row" title={field.field}>
                {field.label}
                {field.differs && <span className="visually-hidden"> (differs)</span>}
              </th>
              <Value value={field.isSynced ? field.commerce : null} />
              <Value value={field.halo} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Value({ value }: { value: ComparedField['halo'] }) {
  if (value === null || value === '') return <td className="quiet">empty</td>
  return <td title={String(value)}>{String(value)}</td>
}

const lineWords = {
  differs: 'differs',
  missing: 'is not in Halo',
  extra: 'is only in Halo; the next sync takes it away',
} as const

function DifferingLine({ line }: { line: ComparedLine }) {
  return (
    <Section title={`Line ${line.sequence} ${lineWords[line.state]}${line.was ? `: ${line.was}` : ''}`}>
      {line.state === 'differs' && <Sides name={`Line ${line.sequence}`} fields={line.fields} />}
    </Section>
  )
}
