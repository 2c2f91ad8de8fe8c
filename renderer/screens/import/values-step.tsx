import { Select } from '@fluentui/react-components'
import { useLocation } from 'wouter'
import type { SheetField } from '../../../app/model/sheet/field-type.ts'
import { readValue, usualForm } from '../../../app/model/sheet/values.ts'
import { api, useAsk } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { count } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import table from '../../ui/plain-table.module.css'
import { type Decide, useDecision } from './asks.ts'
import { BusyLine } from './busy-line.tsx'
import { type Decided, Next } from './columns-step.tsx'
import { fieldsIn } from './fields.ts'
import css from './import.module.css'

/** What the values of columns with fixed words stand for. */
export function ValuesStep({ view }: { view: Decided }) {
  const [, go] = useLocation()
  const decide = useDecision(view.id, view.decision)
  const fields = fieldsIn(view).filter(
    ({ key, type }) => (type === 'choice' || type === 'yes/no') && view.decision.columns[key] !== undefined,
  )
  return (
    <>
      <Next
        isReady
        why={
          fields.length === 0
            ? 'None of the matched columns has fixed words: there is nothing to say here.'
            : 'What is left open is found again in the check.'
        }
        name="Next: check"
        onNext={async () => {
          await decide.settled()
          go(`/import/${view.id}/check`)
        }}
      />
      {fields.map((field) => (
        <Values key={field.key} field={field} view={view} decide={decide} />
      ))}
    </>
  )
}

type ValuesProps = { readonly field: SheetField; readonly view: Decided; readonly decide: Decide }

function Values({ field, view, decide }: ValuesProps) {
  const column = view.decision.columns[field.key] ?? 0
  const { data } = useAsk(['imports.distinct', view.id, column], (signal) =>
    api.imports.distinct.query({ id: view.id, column }, { signal }),
  )
  const words = field.type === 'yes/no' ? ['yes', 'no'] : field.choices.map((one) => one.word)
  const own = decide.decision.replace[field.key] ?? {}
  const wordOf = (value: string): string | null => {
    const said = own[value.toLowerCase()]
    if (said !== undefined) return said
    const read = readValue(value, field, usualForm)
    if (!('value' in read)) return null
    if (field.type === 'yes/no') return read.value === true ? 'yes' : 'no'
    return field.choices.find((one) => one.value === read.value)?.word ?? null
  }
  const say = (value: string, word: string): void => {
    const { [value.toLowerCase()]: _, ...others } = own
    const now = word === '?' ? others : { ...others, [value.toLowerCase()]: word }
    void decide.change({ replace: { ...decide.decision.replace, [field.key]: now } })
  }
  // By what the program knows itself, so that a row does not jump away while somebody chooses.
  const isKnown = (value: string): boolean => 'value' in readValue(value, field, usualForm)
  const sorted = data && [...data].sort((a, b) => Number(isKnown(a.value)) - Number(isKnown(b.value)))
  return (
    <Section title={field.label}>
      {!sorted ? (
        <>
          <BusyLine id={view.id} rows={view.rows} />
          <Skeleton />
        </>
      ) : (
        <div className={table.frame}>
          <table className={css.wide}>
            <thead>
              <tr>
                <th scope="col">In the file</th>
                <th scope="col">Rows</th>
                <th scope="col">Means</th>
              </tr>
            </thead>
            <tbody>
              {sorted.map(({ value, count: rows }) => (
                <tr key={value}>
                  <th scope="row">{value}</th>
                  <td className="number">{count(rows)}</td>
                  <td>
                    <Select
                      size="small"
                      aria-label={`${value} means`}
                      value={wordOf(value) ?? '?'}
                      onChange={(_, data) => say(value, data.value)}
                    >
                      <option value="?">not known</option>
                      <option value="">as if empty</option>
                      {words.map((word) => (
                        <option key={word} value={word}>
                          {word}
                        </option>
                      ))}
                    </Select>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}
