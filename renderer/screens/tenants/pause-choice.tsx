import { Button } from '@fluentui/react-components'
import { Pause16Regular, Play16Regular } from '@fluentui/react-icons'
import type { Tenant } from '../../../app/model/tenant.ts'
import { api, queries, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { useNow } from '../../ui/now.ts'
import { Time } from '../../ui/time.tsx'
import css from './tenant-page.module.css'

/** Lets scheduled syncs wait for a while; Sync now works all the same. */
export function PauseChoice({ tenant }: { tenant: Tenant }) {
  const notices = useNotices()
  const now = useNow()
  const pause = useCommand((pausedUntil: string | null) =>
    api.tenants.update.mutate({ id: tenant.id, patch: { pausedUntil } }),
  )
  const until = tenant.pausedUntil && Date.parse(tenant.pausedUntil) > now ? tenant.pausedUntil : null
  const set = async (pausedUntil: string | null): Promise<void> => {
    notices.tell(await pause.run(pausedUntil), pausedUntil ? 'Paused.' : 'Scheduled syncs go on.')
    await queries.invalidateQueries({ queryKey: ['tenants.get', tenant.id] })
  }
  if (until) {
    return (
      <div className={css.buttons}>
        <span>
          Scheduled syncs are paused: they go on <Time at={until} />.
        </span>
        <Button size="small" icon={<Play16Regular />} disabled={pause.isBusy} onClick={() => set(null)}>
          Resume
        </Button>
      </div>
    )
  }
  return (
    <div className={css.buttons}>
      <Button
        size="small"
        icon={<Pause16Regular />}
        disabled={pause.isBusy}
        onClick={() => set(new Date(Date.now() + 3_600_000).toISOString())}
      >
        Pause for 1 hour
      </Button>
      <Button
        size="small"
        icon={<Pause16Regular />}
        disabled={pause.isBusy}
        onClick={() => set(tomorrow().toISOString())}
      >
        Pause until tomorrow
      </Button>
    </div>
  )
}

function tomorrow(): Date {
  const at = new Date()
  at.setHours(24, 0, 0, 0)
  return at
}
