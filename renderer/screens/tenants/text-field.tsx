import { Field, Input, type InputProps } from '@fluentui/react-components'
import type { ReactElement, ReactNode } from 'react'
import { type Control, type FieldPath, type FieldValues, useController } from 'react-hook-form'

type TextFieldProps<V extends FieldValues> = {
  readonly control: Control<V>
  readonly name: FieldPath<V>
  readonly label: string
  readonly hint?: ReactNode
  readonly rule?: (value: string) => string | true
  readonly isRequired?: boolean
  readonly type?: InputProps['type']
  readonly placeholder?: string
  readonly after?: ReactElement
  readonly width?: number
}

/** One line of a form: label, input, hint, and what is wrong with it. Checked when left, then at every key. */
export function TextField<V extends FieldValues>(props: TextFieldProps<V>) {
  const { control, name, rule, type = 'text', placeholder = '' } = props
  const { field, fieldState } = useController({ control, name, rules: rule ? { validate: rule } : {} })
  return (
    <Field
      label={props.label}
      hint={props.hint ? { children: props.hint } : null}
      required={props.isRequired ?? false}
      validationState={fieldState.error ? 'error' : 'none'}
      validationMessage={fieldState.error?.message ?? null}
    >
      <Input
        ref={field.ref}
        name={field.name}
        value={field.value}
        type={type}
        placeholder={placeholder}
        autoComplete={type === 'password' ? 'new-password' : 'off'}
        spellCheck={false}
        contentAfter={props.after ?? null}
        style={props.width ? { maxWidth: props.width } : {}}
        onBlur={field.onBlur}
        onChange={(_, data) => field.onChange(data.value)}
      />
    </Field>
  )
}
