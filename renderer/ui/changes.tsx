import type { FieldChange } from '../../app/model/outcome.ts'
import plain from './plain-table.module.css'

/** Field by field: what Halo had, what it got. */
export function ChangesTable({ changes }: { changes: readonly FieldChange[] }) {
  return (
    <div className={plain.frame}>
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">Halo field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, before, after }) => (
            <tr key={field}>
              <td>
                <code>{field}</code>
              </td>
              <td className={plain.wrap}>{before ?? <span className="quiet">empty</span>}</td>
              <td className={plain.wrap}>{after ?? <span className="quiet">empty</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
