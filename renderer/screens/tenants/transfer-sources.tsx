import { Button, Field, Select } from '@fluentui/react-components'
import { ArrowUpload16Regular, Copy16Regular, DatabaseArrowRight20Regular } from '@fluentui/react-icons'
import { useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Fault } from '../../../app/model/fault.ts'
import { fitMapping, type MappingFile, readMappingFile } from '../../../app/model/mapping-file.ts'
import { type HaloConnection, proposalOf } from '../../../app/model/take-over.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import { api, faultOf, useAsk, useCommand } from '../../api.ts'
import { useTenants } from '../../ui/filters.tsx'
import { plural } from '../../ui/format.ts'
import { Trouble } from '../../ui/trouble.tsx'
import { type NamedPlace, namesOf } from './change-words.ts'
import type { CategoryRow } from './mapping-asks.ts'
import css from './tenant-page.module.css'
import type { Incoming } from './transfer-review.tsx'

type SourceProps = {
  readonly tenant: Tenant
  readonly place: NamedPlace
  /** Whether Halo's and Commerce's names are known, without which nothing can be fitted. */
  readonly isReady: boolean
  readonly onIncoming: (incoming: Incoming) => void
}

/** A file that was exported here or elsewhere. */
export function FromFile({ tenant, place, isReady, onIncoming }: SourceProps) {
  const input = useRef<HTMLInputElement>(null)
  const [trouble, setTrouble] = useState<Fault | null>(null)
  const onFile = async (file: File): Promise<void> => {
    const read = readMappingFile(await file.text())
    setTrouble(read.ok ? null : read.fault)
    if (read.ok)
      onIncoming({
        ...fitMapping(read.value, tenant.mapping, place),
        from: `the file ${file.name} (${read.value.tenant})`,
      })
  }
  return (
    <>
      <div className={css.buttons}>
        <Button
          size="small"
          icon={<ArrowUpload16Regular />}
          disabled={!isReady}
          onClick={() => input.current?.click()}
        >
          Choose a file
        </Button>
        <span className="quiet">One that was exported from a tenant, here or on another machine.</span>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label="Exported mapping"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            // The same file can be chosen again after it was corrected.
            event.target.value = ''
            if (file) void onFile(file)
          }}
        />
      </div>
      {trouble && <Trouble fault={trouble} />}
    </>
  )
}

/** Another tenant of this program. */
export function FromTenant({ tenant, place, isReady, onIncoming }: SourceProps) {
  const [picked, pick] = useState('')
  const [trouble, setTrouble] = useState<Fault | null>(null)
  const tenants =
    useAsk(['tenants.list'], (signal) => api.tenants.list.query(undefined, { signal })).data ?? []
  const others = tenants.map((view) => view.tenant).filter(({ id }) => id !== tenant.id)
  const [isBusy, setBusy] = useState(false)
  const onCopy = async (): Promise<void> => {
    const other = others.find(({ id }) => String(id) === picked)
    if (!other) return
    setBusy(true)
    const names = await namesOfTenant(other.id)
    setBusy(false)
    setTrouble(names.ok ? null : names.fault)
    if (!names.ok) return
    const file: Pick<MappingFile, 'mapping' | 'names'> = { mapping: other.mapping, names: names.value }
    onIncoming({ ...fitMapping(file, tenant.mapping, place), from: `the tenant ${other.name}` })
  }
  if (others.length === 0) return null
  return (
    <>
      <div className={css.row}>
        <Field label="Another tenant">
          <Select size="small" value={picked} onChange={(_, { value }) => pick(value)}>
            <option value="">Choose</option>
            {others.map(({ id, name }) => (
              <option key={id} value={String(id)}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Button
          className={css.level ?? ''}
          size="small"
          icon={<Copy16Regular />}
          disabled={picked === '' || !isReady || isBusy}
          onClick={() => void onCopy()}
        >
          Copy its mapping
        </Button>
      </div>
      {trouble && <Trouble fault={trouble} />}
    </>
  )
}

async function namesOfTenant(id: number) {
  try {
    const [choices, categories] = await Promise.all([
      api.mapping.choices.query({ id }),
      api.mapping.categories.query({ id }),
    ])
    return choices.ok ? { ok: true as const, value: namesOf(choices.value, categories) } : choices
  } catch (error) {
    return { ok: false as const, fault: faultOf(error) }
  }
}

/** What Halo's own integration is set to. */
export function FromHalo({ tenant, place, isReady, onIncoming, categories }: HaloSourceProps) {
  const [found, setFound] = useState<readonly HaloConnection[] | null>(null)
  const [trouble, setTrouble] = useState<Fault | null>(null)
  const ask = useCommand((id: number) => api.mapping.takeOver.query({ id }))
  const tenants = useTenants()
  const onAsk = async (): Promise<void> => {
    const asked = await ask.run(tenant.id)
    setTrouble(asked.ok ? null : asked.fault)
    setFound(asked.ok ? asked.value : null)
  }
  const onTake = (connection: HaloConnection): void => {
    const idsOf = (names: Readonly<Record<string, string>>) => new Set(Object.keys(names).map(Number))
    const { patch, unread, others } = proposalOf(connection, {
      groups: idsOf(place.names.groups),
      quoteStatus: idsOf(place.names.quoteStatus),
      categories: new Set(categories.map(({ id }) => id)),
      clientFields: place.clientFields ?? [],
    })
    const rows = unread.map((text) => ({ part: 'customerFields' as const, text: `${text}: not known here.` }))
    const note = { part: 'customerFields' as const, text: `${plural(others, 'row')} of other integrations.` }
    onIncoming({
      patch,
      left: others > 0 ? [...rows, note] : rows,
      from: `Halo's own integration (${connection.url})`,
    })
  }
  return (
    <>
      <div className={css.buttons}>
        <Button
          size="small"
          icon={<DatabaseArrowRight20Regular />}
          disabled={!isReady || ask.isBusy}
          onClick={() => void onAsk()}
        >
          Look into Halo
        </Button>
        <span className="quiet">
          What Halo's own Datto Commerce integration is set to. Its key is not read.
        </span>
      </div>
      {found?.length === 0 && <p>Halo has no connection of its own integration.</p>}
      {found && found.length > 0 && (
        <ul aria-label="Connections in Halo" className={css.form}>
          {found
            .toSorted((a, b) => nearness(b, tenant) - nearness(a, tenant))
            .map((connection) => (
              <Connection
                key={connection.haloTenantId}
                connection={connection}
                tenant={tenant}
                tenants={tenants}
                onTake={() => onTake(connection)}
              />
            ))}
        </ul>
      )}
      {trouble && <Trouble fault={trouble} />}
    </>
  )
}
type ConnectionProps = {
  readonly connection: HaloConnection
  readonly tenant: Tenant
  readonly tenants: readonly Tenant[]
  readonly onTake: () => void
}

/** One connection of Halo's own: this tenant's, another tenant's, or one that is no tenant here yet and can become one. */
function Connection({ connection, tenant, tenants, onTake }: ConnectionProps) {
  const { url, isEnabled, haloTenantId } = connection
  const owner = tenants.find(({ instanceUrl }) => plainAddress(instanceUrl) === plainAddress(url))
  const isOwn = owner?.id === tenant.id
  const place = isOwn ? 'this tenant' : owner ? `the tenant ${owner.name}` : 'no tenant here yet'
  return (
    <li className={css.connection}>
      <div className={css.buttons}>
        <span>
          {url || `Connection ${haloTenantId}`}{' '}
          <span className="quiet">
            {place}, {isEnabled ? 'enabled in Halo' : 'not enabled in Halo'}
          </span>
        </span>
        <Button size="small" onClick={onTake}>
          {isOwn ? 'Take over' : 'Take over its mapping'}
          <span className="visually-hidden"> of {url || haloTenantId}</span>
        </Button>
        {!owner && url !== '' && (
          <Link href={`/tenants/new?${new URLSearchParams({ instance: url, like: String(tenant.id) })}`}>
            Add it as a tenant
          </Link>
        )}
      </div>
      {isOwn && isEnabled && (
        <p className={css.warning}>
          Halo's own integration is enabled for this Commerce: both would bring the same records. Disable it
          in Halo before this tenant syncs.
        </p>
      )}
    </li>
  )
}

type HaloSourceProps = SourceProps & { readonly categories: readonly CategoryRow[] }

/** The connection of this very Commerce comes first. */
const nearness = ({ url }: HaloConnection, { instanceUrl }: Tenant): number =>
  plainAddress(url) === plainAddress(instanceUrl) ? 1 : 0
const plainAddress = (url: string): string =>
  url
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')
