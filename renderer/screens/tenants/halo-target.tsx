import { Field, Input, type InputProps, Radio, RadioGroup, Select } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { HaloKind } from '../../../app/model/halo-target.ts'
import { Time } from '../../ui/time.tsx'
import type { HaloDraft, WrongHalo } from './halo-draft.ts'
import css from './halo-target.module.css'

type HaloFieldsProps = {
  readonly draft: HaloDraft
  readonly wrong: WrongHalo
  /** The password or client secret that is stored for this target. */
  readonly stored: { readonly setAt: string; readonly endsIn: string } | null
  readonly onChange: (part: Partial<HaloDraft>) => void
}

/** A new kind of Halo is one line here, and its fields. */
const kinds: Record<
  HaloKind,
  { name: string; means: string; Fields: (props: HaloFieldsProps) => ReactNode }
> = {
  mssql: {
    name: 'The Halo database (SQL Server)',
    means: 'Halo on premises, beside this program: the usual way.',
    Fields: SqlServer,
  },
  rest: {
    name: "Halo's API",
    means: 'Hosted Halo, or a database that nobody may write to directly.',
    Fields: Rest,
  },
  sqlite: {
    name: 'A file of this program',
    means: 'An embedded database with the same tables as Halo: to try things, without a server.',
    Fields: Embedded,
  },
  postgres: {
    name: 'PostgreSQL with the same tables',
    means: 'A copy of the tables for reports.',
    Fields: Postgres,
  },
}
const shown = ['mssql', 'rest', 'sqlite', 'postgres'] as const

/** Which Halo a tenant feeds, and how to get in. */
export function HaloTargetFields(props: HaloFieldsProps) {
  const { draft, onChange } = props
  const { Fields } = kinds[draft.kind]
  return (
    <div className={css.fields}>
      <RadioGroup
        aria-label="Kind of Halo"
        value={draft.kind}
        onChange={(_, { value }) => onChange({ kind: shown.find((kind) => kind === value) ?? 'sqlite' })}
      >
        {shown.map((kind) => (
          <Radio
            key={kind}
            value={kind}
            label={
              <>
                {kinds[kind].name}
                <span className={css.means}>{kinds[kind].means}</span>
              </>
            }
          />
        ))}
      </RadioGroup>
      <div className={css.nested}>
        <Fields {...props} />
      </div>
    </div>
  )
}

type LineProps = HaloFieldsProps & {
  readonly name: Exclude<keyof HaloDraft, 'kind' | 'loginKind' | 'certificate'>
  readonly label: string
  readonly hint?: ReactNode
  readonly placeholder?: string
  readonly isRequired?: boolean
  readonly type?: InputProps['type']
  readonly width?: number
}

function Line({ draft, wrong, onChange, name, label, hint, ...more }: LineProps) {
  const { type = 'text', placeholder = '', isRequired = true, width } = more
  return (
    <Field
      label={label}
      required={isRequired}
      hint={hint ? { children: hint } : null}
      validationState={wrong[name] ? 'error' : 'none'}
      validationMessage={wrong[name] ?? null}
    >
      <Input
        value={draft[name]}
        type={type}
        placeholder={placeholder}
        autoComplete={type === 'password' ? 'new-password' : 'off'}
        spellCheck={false}
        style={width ? { maxWidth: width } : {}}
        onChange={(_, { value }) => onChange({ [name]: value })}
      />
    </Field>
  )
}

function Secret(props: HaloFieldsProps & { label: string }) {
  const { stored, label } = props
  const hint = stored ? (
    <>
      Stored: ends in …{stored.endsIn}, set <Time at={stored.setAt} />. Leave empty to keep it.
    </>
  ) : (
    'Stored encrypted on this machine; it is never shown again.'
  )
  return (
    <Line {...props} name="secret" label={label} type="password" hint={hint} isRequired={stored === null} />
  )
}

function Embedded(props: HaloFieldsProps) {
  return (
    <Line
      {...props}
      name="file"
      label="File"
      hint="Made by this program when it is not there. Nothing is written to a real Halo."
    />
  )
}

function SqlServer(props: HaloFieldsProps) {
  const { draft, onChange } = props
  return (
    <>
      <Line
        {...props}
        name="server"
        label="Server"
        placeholder="SQLSERVER01\HALO"
        hint="HOST, HOST\INSTANCE or HOST,PORT"
      />
      <Line {...props} name="database" label="Database" placeholder="Halo" />
      <Field label="Login">
        <Select
          value={draft.loginKind}
          style={{ maxWidth: 280 }}
          onChange={(_, { value }) => onChange({ loginKind: value === 'ntlm' ? 'ntlm' : 'sql' })}
        >
          <option value="sql">SQL Server login</option>
          <option value="ntlm">Windows account</option>
        </Select>
      </Field>
      {draft.loginKind === 'ntlm' && <Line {...props} name="domain" label="Domain" />}
      <Line {...props} name="user" label="User name" />
      <Secret {...props} label="Password" />
      <Certificate {...props} />
    </>
  )
}

function Postgres(props: HaloFieldsProps) {
  return (
    <>
      <Line {...props} name="host" label="Server" placeholder="db.example.com" />
      <Line {...props} name="port" label="Port" width={120} />
      <Line {...props} name="database" label="Database" />
      <Line {...props} name="user" label="User name" />
      <Secret {...props} label="Password" />
      <Certificate {...props} canBeOff />
    </>
  )
}

function Rest(props: HaloFieldsProps) {
  return (
    <>
      <Line
        {...props}
        name="address"
        label="Web address of Halo"
        type="url"
        placeholder="https://NAME.halopsa.com"
      />
      <Line
        {...props}
        name="haloTenant"
        label="Tenant name"
        isRequired={false}
        hint="For hosted Halos that ask for one."
      />
      <Line
        {...props}
        name="clientId"
        label="Client id"
        hint="In Halo: Configuration, Integrations, HaloPSA API: an application that signs in with client id and secret."
      />
      <Secret {...props} label="Client secret" />
      <Line
        {...props}
        name="authAddress"
        label="Address of the sign-in server"
        isRequired={false}
        hint="Only when Halo shows another one than its own address."
      />
    </>
  )
}

function Certificate({ canBeOff = false, ...props }: HaloFieldsProps & { canBeOff?: boolean }) {
  const { draft, onChange } = props
  const isOpen = draft.certificate === 'any' || draft.certificate === 'off'
  return (
    <>
      <Field
        label="The server's certificate"
        validationState={isOpen ? 'warning' : 'none'}
        validationMessage={
          isOpen
            ? 'Nobody knows whether it is really Halo’s server that answers. This is noted in the audit log.'
            : null
        }
      >
        <Select
          value={draft.certificate}
          onChange={(_, { value }) =>
            onChange({
              certificate: value === 'pinned' || value === 'any' || value === 'off' ? value : 'trusted',
            })
          }
        >
          <option value="trusted">must be signed by an authority that this machine trusts</option>
          <option value="pinned">must be exactly this one</option>
          <option value="any">may be any (encrypted, but not checked)</option>
          {canBeOff && <option value="off">none: not encrypted, for a server on this machine</option>}
        </Select>
      </Field>
      {draft.certificate === 'pinned' && (
        <Line
          {...props}
          name="fingerprint"
          label="SHA-256 fingerprint"
          hint="The connection test shows the server's."
        />
      )}
    </>
  )
}
