import { Redirect } from 'wouter'
import { api, type TenantView, useAsk } from '../../api.ts'
import { idIn, oneOf } from '../../ui/address.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { NotThere } from '../not-there.tsx'
import css from './first-run.module.css'
import { HaloStep } from './halo-step.tsx'
import { PreviewStep } from './preview-step.tsx'
import { SampleNote, useIsSample } from './sample-note.tsx'
import { Steps } from './steps.tsx'

/** From a connected Commerce to the first sync. It can be left at any time: what was done is kept, and the overview leads back. */
export function FirstRun({ id, step }: { id: string | undefined; step: string | undefined }) {
  const tenantId = idIn(id)
  const tenant = useAsk(['tenants.get', tenantId], (signal) =>
    tenantId === null ? Promise.resolve(null) : api.tenants.get.query({ id: tenantId }, { signal }),
  )
  if (id === undefined) return <Redirect to="/tenants/new" replace />
  if (tenant.data === null) return <NotThere what="This tenant" />
  if (!tenant.data) {
    return (
      <Page title="Set up a tenant">
        {tenant.error ? <Unanswered error={tenant.error} /> : <Skeleton lines={6} />}
      </Page>
    )
  }
  return <Loaded view={tenant.data} step={oneOf(['halo', 'preview'], step ?? null) ?? 'halo'} />
}

function Loaded({ view, step }: { view: TenantView; step: 'halo' | 'preview' }) {
  const { tenant } = view
  const isSample = useIsSample(tenant.id)
  return (
    <Page
      title={`Set up ${tenant.name}`}
      sub="You can leave at any time; what is done is kept, and the overview leads back here."
    >
      <div className={css.stack}>
        <Steps at={isSample ? 'preview' : step} tenantId={tenant.id} />
        {isSample && <SampleNote />}
        {step === 'halo' && !isSample && <HaloStep view={view} />}
        {(step === 'preview' || isSample) && <PreviewStep tenant={tenant} />}
      </div>
    </Page>
  )
}
