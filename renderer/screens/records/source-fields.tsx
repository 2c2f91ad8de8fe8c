import plain from '../../ui/plain-table.module.css'

/** A record's own fields as Commerce sent them; text, never rendered as HTML. */
export function SourceFields({ json }: { json: string }) {
  const fields = Object.entries(readObject(json)).filter(([, value]) => value !== null && value !== '')
  return (
    <div className={plain.frame}>
      <table className={plain.table}>
        <tbody>
          {fields.map(([name, value]) => (
            <tr key={name}>
              <th scope="row" style={{ width: 220, fontWeight: 400 }}>
                <code>{name}</code>
              </th>
              <td className={plain.wrap}>
                {typeof value === 'object' ? JSON.stringify(value) : String(value)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function readObject(json: string): Record<string, unknown> {
  const value: unknown = JSON.parse(json)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
