import { Field, Radio, RadioGroup, Select } from '@fluentui/react-components'
import { type DateOrder, readSheetDate } from '../../../app/model/sheet/dates.ts'
import { type Decimal, readSheetNumber } from '../../../app/model/sheet/numbers.ts'
import { count, dayOf } from '../../ui/format.ts'
import { Panel, Section } from '../../ui/page.tsx'
import type { Decide, ImportView } from './asks.ts'
import type { Decided } from './columns-step.tsx'
import { fieldIn } from './fields.ts'
import css from './import.module.css'

type Question = ImportView['questions'][number]
const orderWords: Readonly<Record<DateOrder, string>> = {
  dmy: 'Day first',
  mdy: 'Month first',
  ymd: 'Year first',
}
const decimalWords: Readonly<Record<Decimal, string>> = {
  '.': 'Point before the fraction',
  ',': 'Comma before the fraction',
}

/** How dates and numbers that are text are read: asked where the values do not tell, else shown and changeable. */
export function Readings({ view, decide }: { view: Decided; decide: Decide }) {
  const asked = view.questions.filter((one) => one.example !== null)
  const others = view.questions.filter((one) => one.example === null)
  const say = ({ field, of }: Question, value: string): void => {
    const { said } = decide.decision
    const form = of === 'dates' ? { dates: value as DateOrder } : { decimal: value as Decimal }
    void decide.change({ said: { ...said, [field]: { ...said[field], ...form } } })
  }
  const nameOf = ({ field }: Question): string => fieldIn(view, field)?.label ?? field
  return (
    <>
      {asked.length > 0 && (
        <Panel tone="needs">
          <Section title="These can be read in two ways">
            <div className={css.pair}>
              {asked.map((one) => (
                <Field key={one.field} label={`${nameOf(one)}: what does "${one.example}" mean?`}>
                  <RadioGroup
                    value={decide.decision.said[one.field]?.[one.of] ?? ''}
                    onChange={(_, { value }) => say(one, value)}
                  >
                    {answersOf(one).map(({ value, label }) => (
                      <Radio key={value} value={value} label={label} />
                    ))}
                  </RadioGroup>
                </Field>
              ))}
            </div>
          </Section>
        </Panel>
      )}
      {others.length > 0 && (
        <details>
          <summary>How the other dates and numbers are read, where they are text</summary>
          <div className={css.pair} style={{ paddingTop: 10 }}>
            {others.map((one) => (
              <Field key={one.field} label={nameOf(one)}>
                <Select
                  size="small"
                  value={decide.decision.said[one.field]?.[one.of] ?? one.reading}
                  onChange={(_, { value }) => say(one, value)}
                >
                  {Object.entries(one.of === 'dates' ? orderWords : decimalWords).map(([value, word]) => (
                    <option key={value} value={value}>
                      {word}
                    </option>
                  ))}
                </Select>
              </Field>
            ))}
          </div>
        </details>
      )}
    </>
  )
}

function answersOf({ of, example }: Question): readonly { readonly value: string; readonly label: string }[] {
  const text = example ?? ''
  if (of === 'dates') {
    return (['dmy', 'mdy'] as const).map((value) => {
      const read = readSheetDate(text, value)
      return {
        value,
        label: `${read === null ? 'no date' : dayOf(read)} (${orderWords[value].toLowerCase()})`,
      }
    })
  }
  return (['.', ','] as const).map((value) => {
    const read = readSheetNumber(text, value)
    return {
      value,
      label: `${read === null ? 'no number' : count(read)} (${decimalWords[value].toLowerCase()})`,
    }
  })
}
