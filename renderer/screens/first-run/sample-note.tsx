import { api, useAsk } from '../../api.ts'
import { Panel } from '../../ui/page.tsx'
import css from './first-run.module.css'

/** Says of the sample tenant, plainly, that nothing of it is real. */
export function SampleNote({ tenantId }: { tenantId: number }) {
  const { data } = useAsk(['status.get'], (signal) => api.status.get.query(undefined, { signal }))
  if (data?.sampleTenantId !== tenantId) return null
  return (
    <Panel tone="heals">
      <p className={css.text}>
        <strong>These records are invented.</strong> They come from a Commerce inside this program, go into a
        file of this program, and reach neither Datto Commerce nor a real Halo. Remove the tenant, and they
        are gone.
      </p>
    </Panel>
  )
}
