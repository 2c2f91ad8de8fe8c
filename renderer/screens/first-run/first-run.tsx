import { Redirect } from 'wouter'
import { api, type TenantView, useAsk } from '../../api.ts'
import { idIn, oneOf, useAddress } from '../../ui/address.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { NotThere } from '../not-there.tsx'
import css from './first-run.module.css'
import { HaloStep } from './halo-step.tsx'
import { PreviewStep } from './preview-step.tsx'
import { SampleNote } from './sample-note.tsx'
import { Steps } from './steps.tsx'

/** From a connected Commerce to the first sync. It can be left at any time: what was done is kept, and the overview leads back. */
export function FirstRun({ id }: { id: string | undefined }) {
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
  return <Loaded view={tenant.data} />
}

function Loaded({ view }: { view: TenantView }) {
  const { get } = useAddress()
  const { tenant } = view
  const step = oneOf(['halo', 'preview'], get('step')) ?? 'halo'
  return (
    <Page
      title={`Set up ${tenant.name}`}
      sub="You can leave at any time; what is done is kept, and the overview leads back here."
    >
      <div className={css.stack}>
        <Steps at={step} tenantId={tenant.id} />
        <SampleNote tenantId={tenant.id} />
        {step === 'halo' ? <HaloStep view={view} /> : <PreviewStep tenant={tenant} />}
      </div>
    </Page>
  )
}
