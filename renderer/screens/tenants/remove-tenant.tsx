import { Button, Field, Input } from '@fluentui/react-components'
import { Delete16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Tenant } from '../../../app/model/tenant.ts'
import { api, queries, useAsk, useCommand } from '../../api.ts'
import { Ask } from '../../ui/ask.tsx'
import { Skeleton } from '../../ui/empty.tsx'
import { plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'

/** Says in counts what is lost, and asks for the name before it removes. */
export function RemoveTenant({ tenant }: { tenant: Tenant }) {
  const [, go] = useLocation()
  const notices = useNotices()
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const remove = useCommand((id: number) => api.tenants.remove.mutate({ id }))
  const isSure = typed.trim() === tenant.name
  const close = (): void => {
    setTyped('')
    setOpen(false)
  }
  const onRemove = async (): Promise<void> => {
    const removed = notices.tell(
      await remove.run(tenant.id),
      `${tenant.name} is removed. Halo keeps its records.`,
    )
    if (!removed.ok) return
    close()
    await queries.invalidateQueries()
    go('/tenants')
  }
  return (
    <Ask
      title={`Remove ${tenant.name}?`}
      doIt="Remove tenant"
      cancel="Keep it"
      isBusy={remove.isBusy}
      isReady={isSure}
      isOpen={isOpen}
      onOpen={() => setOpen(true)}
      onClose={close}
      onSend={() => void onRemove()}
      trigger={
        <Button size="small" icon={<Delete16Regular />}>
          Remove tenant
        </Button>
      }
    >
      {isOpen && <Losses tenantId={tenant.id} />}
      <Field label={`Type the tenant's name to go on: ${tenant.name}`}>
        <Input value={typed} autoComplete="off" onChange={(_, { value }) => setTyped(value)} />
      </Field>
    </Ask>
  )
}

function Losses({ tenantId }: { tenantId: number }) {
  const { data } = useAsk(['tenants.losses', tenantId], (signal) =>
    api.tenants.losses.query({ id: tenantId }, { signal }),
  )
  if (!data) return <Skeleton lines={3} />
  return (
    <div>
      <p>This program forgets, for good:</p>
      <ul>
        <li>{plural(data.links, 'link')} between Commerce and Halo</li>
        <li>{plural(data.runs, 'run')} with their outcomes</li>
        <li>{plural(data.failures, 'open failure')}</li>
        <li>the API key and all settings of this tenant</li>
      </ul>
      <p>Halo keeps every record that was written.</p>
    </div>
  )
}
