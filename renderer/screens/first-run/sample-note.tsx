import { api, useAsk } from '../../api.ts'
import { Panel } from '../../ui/page.tsx'
import css from './first-run.module.css'

/** Whether a tenant is that of the invented records. */
export function useIsSample(tenantId: number): boolean {
  const { data } = useAsk(['status.get'], (signal) => api.status.get.query(undefined, { signal }))
  return data?.sampleTenantId === tenantId
}

/** Says of the sample tenant, plainly, that nothing of it is real. */
export function SampleNote() {
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
