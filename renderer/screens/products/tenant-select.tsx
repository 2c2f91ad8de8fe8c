import { Select } from '@fluentui/react-components'
import { useAddress } from '../../ui/address.ts'
import { useTenants } from '../../ui/filters.tsx'

/** Which tenant's Halo; absent while there is only one tenant. A group belongs to its Halo, so choosing leaves it. */
export function TenantSelect() {
  const { get, set } = useAddress()
  const tenants = useTenants()
  if (tenants.length < 2) return null
  return (
    <Select
      size="small"
      aria-label="Tenant"
      value={get('tenant') ?? String(tenants[0]?.id)}
      onChange={(_, { value }) => set({ tenant: value, group: null })}
    >
      {tenants.map(({ id, name }) => (
        <option key={id} value={String(id)}>
          {name}
        </option>
      ))}
    </Select>
  )
}
