import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Entity } from '../../../app/model/tenant.ts'
import { idIn, oneOf, useAddress } from '../../ui/address.ts'
import { useTenants } from '../../ui/filters.tsx'
import { Page } from '../../ui/page.tsx'
import { entitiesShown } from '../../words.ts'
import type { LookRequest, SheetSource } from './asks.ts'
import { DropAnywhere, useHanded } from './drop.tsx'
import { FileStep } from './file-step.tsx'
import { SheetStep } from './sheet-step.tsx'
import { Steps } from './steps.tsx'

/** The first two steps: nothing is kept yet but the file. */
export function NewImport() {
  const [, go] = useLocation()
  const { get, set } = useAddress()
  const tenants = useTenants()
  const [source, setSource] = useState<SheetSource | null>(null)
  const [dropped, setDropped] = useState(useHanded())
  const tenantId = idIn(get('tenant')) ?? tenants[0]?.id ?? null
  const entity: Entity = oneOf(entitiesShown, get('entity')) ?? 'customers'
  const request: LookRequest | null = source && tenantId !== null ? { source, tenantId, entity } : null
  return (
    <Page title="New import">
      <Steps at={request ? 'sheet' : 'file'} hrefOf={() => null} />
      <DropAnywhere
        onDropped={(now) => {
          // The one before gives way, and the file step takes this one.
          setSource(null)
          setDropped(now)
        }}
      />
      {request ? (
        <SheetStep
          first={request}
          onBack={() => setSource(null)}
          onStaged={(id) => go(`/import/${id}/columns`)}
        />
      ) : (
        <FileStep
          tenantId={tenantId}
          entity={entity}
          dropped={dropped}
          onChoose={set}
          onFile={(file) => {
            setDropped(null)
            setSource(file)
          }}
        />
      )}
    </Page>
  )
}
