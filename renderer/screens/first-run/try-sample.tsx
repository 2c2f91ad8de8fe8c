import { Button } from '@fluentui/react-components'
import { Beaker16Regular } from '@fluentui/react-icons'
import { useLocation } from 'wouter'
import { api, queries, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'

/** Adds the tenant of invented records and goes to its preview. */
export function TrySample() {
  const [, go] = useLocation()
  const notices = useNotices()
  const add = useCommand(() => api.tenants.addSample.mutate())
  return (
    <Button
      icon={<Beaker16Regular />}
      disabled={add.isBusy}
      title="Invented records, from a Commerce inside this program into a file of this program"
      onClick={async () => {
        const added = await add.run(undefined)
        if (!added.ok) return notices.trouble(added.fault)
        await queries.invalidateQueries()
        go(`/start/${added.value.id}/preview`)
      }}
    >
      Try with sample data
    </Button>
  )
}
