import { Button } from '@fluentui/react-components'
import { ArrowDownload16Regular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { type MappingNames, mappingFile } from '../../../app/model/mapping-file.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import { Panel, Section } from '../../ui/page.tsx'
import { save } from '../../ui/table/export-file.ts'
import { Trouble } from '../../ui/trouble.tsx'
import { namesOf, partWords } from './change-words.ts'
import mapping from './mapping.module.css'
import { useCategories, useChoices } from './mapping-asks.ts'
import { MappingHistory } from './mapping-history.tsx'
import css from './tenant-page.module.css'
import { type Incoming, TransferReview } from './transfer-review.tsx'
import { FromFile, FromHalo, FromTenant } from './transfer-sources.tsx'
import { UnmappedSection } from './unmapped-section.tsx'

const allParts = Object.keys(partWords) as (keyof typeof partWords)[]

type Shown = Incoming & { readonly nth: number }
/** What is being looked at while a preview of it is on screen, by tenant. */
const aside = new Map<number, Shown>()

/** The mapping as a whole: what it lacks, taking it elsewhere, bringing one in, and everything that was ever changed in it. */
export function TransferTab({ tenant }: { tenant: Tenant }) {
  const { choices, trouble } = useChoices(tenant.id)
  const categories = useCategories(tenant.id)
  const [incoming, setIncoming] = useState<Shown | null>(() => aside.get(tenant.id) ?? null)
  useEffect(() => void aside.delete(tenant.id), [tenant.id])
  const names = namesOf(choices, categories ?? [])
  const place = { names, clientFields: choices?.clientFields ?? null }
  const onIncoming = (next: Incoming): void => setIncoming((last) => ({ ...next, nth: (last?.nth ?? 0) + 1 }))
  const isReady = choices !== null && categories !== null
  const source = { tenant, place, isReady, onIncoming }
  return (
    <div className={css.stack}>
      {trouble && <Trouble fault={trouble} />}
      <UnmappedSection tenant={tenant} choices={choices} categories={categories} />
      <Section title="Take this mapping elsewhere">
        <Panel>
          <p className={mapping.note}>
            A file with all parts of this mapping and the names behind its numbers, to be kept or brought into
            another tenant. It holds no key, no password and no record.
          </p>
          <Button
            size="small"
            icon={<ArrowDownload16Regular />}
            disabled={!isReady}
            onClick={() => saveFile(tenant, names)}
          >
            Export as a file
          </Button>
        </Panel>
      </Section>
      <Section title="Bring a mapping in">
        <Panel>
          <p className={mapping.note}>
            Nothing changes before you have seen what would change and said yes. Groups, statuses and
            categories are found here by their names.
          </p>
          <div className={css.form}>
            <FromFile {...source} />
            <FromTenant {...source} />
            <FromHalo {...source} categories={categories ?? []} />
          </div>
        </Panel>
      </Section>
      {incoming && (
        <TransferReview
          key={incoming.nth}
          tenant={tenant}
          incoming={incoming}
          place={place}
          onPreview={() => void aside.set(tenant.id, incoming)}
          onDone={() => setIncoming(null)}
        />
      )}
      <MappingHistory tenantId={tenant.id} parts={allParts} />
    </div>
  )
}

function saveFile(tenant: Tenant, names: MappingNames): void {
  const about = { tenant: tenant.name, exportedAt: new Date().toISOString() }
  const text = JSON.stringify(mappingFile(tenant.mapping, names, about), null, 2)
  const name = tenant.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')
  const file = new Blob([text], { type: 'application/json' })
  save(file, `mapping-${name}-${about.exportedAt.slice(0, 10)}.json`)
}
