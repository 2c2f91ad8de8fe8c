import { Checkbox, Field, Input, Select } from '@fluentui/react-components'
import type { Schedule } from '../../../app/model/tenant.ts'
import { entitiesShown, entityWords } from '../../words.ts'
import type { Plan, Wrong } from './plan.ts'
import css from './tenant-page.module.css'

type EntityChoiceProps = {
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** Which kinds of records are synced. */
export function EntityChoice({ chosen, onChange }: EntityChoiceProps) {
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend>Records</legend>
      <div className={css.row}>
        {entitiesShown.map((entity) => (
          <Checkbox
            key={entity}
            label={entityWords[entity].many}
            checked={chosen.includes(entity)}
            onChange={(_, { checked }) =>
              onChange(
                entitiesShown.filter((each) => (each === entity ? checked === true : chosen.includes(each))),
              )
            }
          />
        ))}
      </div>
    </fieldset>
  )
}

type ScheduleProps = {
  readonly plan: Plan
  readonly wrong: Wrong
  readonly onChange: (part: Partial<Plan>) => void
}

/** By minutes, by a cron line, or only by hand. */
export function ScheduleChoice({ plan, wrong, onChange }: ScheduleProps) {
  return (
    <div className={css.row}>
      <Field label="Schedule">
        <Select value={plan.kind} onChange={(_, { value }) => onChange({ kind: kindOf(value) })}>
          <option value="every">Every so many minutes</option>
          <option value="cron">By a cron line</option>
          <option value="off">Only by hand</option>
        </Select>
      </Field>
      {plan.kind === 'every' && (
        <NumberField
          label="Minutes"
          value={plan.minutes}
          wrong={wrong.minutes}
          onChange={(minutes) => onChange({ minutes })}
        />
      )}
      {plan.kind === 'cron' && (
        <Field
          label="Cron line"
          validationState={wrong.cron ? 'error' : 'none'}
          validationMessage={wrong.cron ?? null}
          hint="Minute, hour, day, month, weekday."
        >
          <Input value={plan.cron} onChange={(_, { value }) => onChange({ cron: value })} />
        </Field>
      )}
      {plan.kind === 'every' && <Hours plan={plan} wrong={wrong} onChange={onChange} />}
      {(plan.kind === 'cron' || (plan.kind === 'every' && plan.hasHours)) && (
        <Field
          label="Time zone"
          validationState={wrong.zone ? 'error' : 'none'}
          validationMessage={wrong.zone ?? null}
        >
          <Input value={plan.zone} onChange={(_, { value }) => onChange({ zone: value })} />
        </Field>
      )}
    </div>
  )
}

function Hours({ plan, wrong, onChange }: ScheduleProps) {
  return (
    <>
      <Checkbox
        className={css.level}
        label="Only between two times of day"
        checked={plan.hasHours}
        onChange={(_, { checked }) => onChange({ hasHours: checked === true })}
      />
      {plan.hasHours && (
        <>
          <Field
            label="From"
            validationState={wrong.hours ? 'error' : 'none'}
            validationMessage={wrong.hours ?? null}
          >
            <Input type="time" value={plan.from} onChange={(_, { value }) => onChange({ from: value })} />
          </Field>
          <Field label="Until">
            <Input type="time" value={plan.to} onChange={(_, { value }) => onChange({ to: value })} />
          </Field>
        </>
      )}
    </>
  )
}

/** From when on changes are synced. */
export function SyncFrom({ plan, wrong, onChange }: ScheduleProps) {
  return (
    <Field
      label="Sync what changed since"
      hint="No historic records: what did not change since then is left out, unless something newer names it (a new quote brings its old customer along)."
      validationState={wrong.syncFrom ? 'error' : 'none'}
      validationMessage={wrong.syncFrom ?? null}
    >
      <Input
        type="datetime-local"
        value={plan.syncFrom}
        style={{ maxWidth: 240 }}
        onChange={(_, { value }) => onChange({ syncFrom: value })}
      />
    </Field>
  )
}

const kindOf = (value: string): Schedule['kind'] => (value === 'cron' || value === 'off' ? value : 'every')

type NumberFieldProps = {
  readonly label: string
  readonly value: string
  readonly wrong: string | undefined
  readonly onChange: (value: string) => void
}

/** A whole number, with what is wrong with it. */
export function NumberField({ label, value, wrong, onChange }: NumberFieldProps) {
  return (
    <Field label={label} validationState={wrong ? 'error' : 'none'} validationMessage={wrong ?? null}>
      <Input
        value={value}
        inputMode="numeric"
        style={{ width: 140 }}
        onChange={(_, data) => onChange(data.value)}
      />
    </Field>
  )
}
