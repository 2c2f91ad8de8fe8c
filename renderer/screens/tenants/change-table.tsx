import type { MappingChange } from '../../../app/model/mapping-diff.ts'
import plain from '../../ui/plain-table.module.css'
import { type NamedPlace, partWords, wordedChange } from './change-words.ts'

type ChangeTableProps = {
  readonly name: string
  readonly changes: readonly MappingChange[]
  readonly place: NamedPlace
}

/** Field by field: what it was, what it is. */
export function ChangeTable({ name, changes, place }: ChangeTableProps) {
  return (
    <div className={plain.frame}>
      <table className={plain.table} aria-label={name}>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">What</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => {
            const { what, before, after } = wordedChange(change, place)
            return (
              <tr key={`${change.part} ${change.key}`}>
                <td>{partWords[change.part]}</td>
                <th scope="row">{what}</th>
                <td className={plain.wrap}>{before}</td>
                <td className={plain.wrap}>{after}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
