import { Button, Checkbox } from '@fluentui/react-components'
import { Checkmark16Regular, Dismiss16Regular, Eye16Regular, Warning16Filled } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Mapping } from '../../../app/model/mapping.ts'
import { checkMapping } from '../../../app/model/mapping-checks.ts'
import { diffMapping, type MappingPart } from '../../../app/model/mapping-diff.ts'
import type { Fitted } from '../../../app/model/mapping-file.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import { plural } from '../../ui/format.ts'
import { Panel, Section } from '../../ui/page.tsx'
import { ChangeTable } from './change-table.tsx'
import { type NamedPlace, partWords } from './change-words.ts'
import css from './mapping.module.css'
import { usePreviewMapping, useSaveMapping } from './mapping-asks.ts'
import page from './tenant-page.module.css'

/** A mapping from elsewhere, as it would fit here. */
export type Incoming = Fitted & { readonly from: string }

type ReviewProps = {
  readonly tenant: Tenant
  readonly incoming: Incoming
  readonly place: NamedPlace
  /** Before the page is left for the preview. */
  readonly onPreview: () => void
  readonly onDone: () => void
}

/** What a mapping from elsewhere would change, before it changes anything: parts to tick, changes field by field, what is left out. */
export function TransferReview({ tenant, incoming, place, onPreview, onDone }: ReviewProps) {
  const offered = Object.keys(incoming.patch) as MappingPart[]
  const [chosen, choose] = useState<readonly MappingPart[]>(offered)
  const save = useSaveMapping(tenant.id)
  const preview = usePreviewMapping(tenant.id)
  const patch: Partial<Mapping> = Object.fromEntries(chosen.map((part) => [part, incoming.patch[part]]))
  const after = { ...tenant.mapping, ...patch }
  const changes = diffMapping(tenant.mapping, after)
  const problems = checkMapping(after, {
    clientFields: place.clientFields,
    instanceUrl: tenant.instanceUrl,
  }).filter(({ level, path }) => level === 'error' && chosen.some((part) => path.startsWith(`${part}.`)))
  const left = incoming.left.filter(({ part }) => chosen.includes(part) || !offered.includes(part))
  const cannot = changes.length === 0 || problems.length > 0 || save.isBusy || preview.isBusy
  return (
    <Section title={`From ${incoming.from}`}>
      <Panel>
        <div className={page.form}>
          <fieldset className={css.choice}>
            <legend className={css.note}>Parts to take over</legend>
            <div className={css.fields}>
              {offered.map((part) => (
                <Checkbox
                  key={part}
                  label={partWords[part]}
                  checked={chosen.includes(part)}
                  onChange={(_, { checked }) =>
                    choose(
                      offered.filter((each) => (each === part ? checked === true : chosen.includes(each))),
                    )
                  }
                />
              ))}
            </div>
          </fieldset>
          {changes.length > 0 ? (
            <ChangeTable name="What would change" changes={changes} place={place} />
          ) : (
            <p>Nothing would change: what was chosen is the same here.</p>
          )}
          <Notes
            title="Left out, because there is no counterpart here"
            texts={left.map(({ text }) => text)}
          />
          <Notes title="To be corrected first" texts={problems.map(({ text }) => text)} />
          <div className={page.buttons}>
            <Button
              appearance="primary"
              size="small"
              icon={<Checkmark16Regular />}
              disabled={cannot}
              onClick={() => void save.run(patch).then(({ ok }) => ok && onDone())}
            >
              {changes.length === 0 ? 'Take over' : `Take over ${plural(changes.length, 'change')}`}
            </Button>
            <Button
              size="small"
              icon={<Eye16Regular />}
              disabled={cannot}
              onClick={() => void preview.run(patch, onPreview)}
            >
              Preview changes
            </Button>
            <Button size="small" icon={<Dismiss16Regular />} onClick={onDone}>
              Cancel
            </Button>
          </div>
        </div>
      </Panel>
    </Section>
  )
}

function Notes({ title, texts }: { title: string; texts: readonly string[] }) {
  if (texts.length === 0) return null
  return (
    <div className={css.notes}>
      <strong>
        <Warning16Filled aria-hidden="true" /> {title}
      </strong>
      <ul aria-label={title}>
        {[...new Set(texts)].map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  )
}
