import { Button, Checkbox, Field, Radio, RadioGroup, Select } from '@fluentui/react-components'
import { ArrowUpload16Regular, Eye16Regular } from '@fluentui/react-icons'
import { Link, useLocation } from 'wouter'
import type { ImportDecision } from '../../../app/model/sheet/choices.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import { api, useAsk, useCommand } from '../../api.ts'
import { count, plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { useBusy, useDecision } from './asks.ts'
import type { Decided } from './columns-step.tsx'
import css from './import.module.css'
import { ImportCounts } from './import-counts.tsx'
import { customerByWords, existingWords } from './words.ts'

/** What becomes of records that are in Halo already; a preview of it all; and the import itself. */
export function PreviewStep({ view }: { view: Decided }) {
  const [, go] = useLocation()
  const notices = useNotices()
  const decide = useDecision(view.id, view.decision)
  const busy = useBusy(view.id)
  const live = useAsk(['runs.live'], (signal) => api.runs.live.query(undefined, { signal })).data?.find(
    ({ runId }) => runId === view.previewRunId,
  )
  const start = useCommand((kind: 'import' | 'import-preview') =>
    api.imports.start.mutate({ id: view.id, kind }),
  )
  const begin = async (kind: 'import' | 'import-preview'): Promise<void> => {
    await decide.settled()
    const begun = await start.run(kind)
    if (!begun.ok) notices.trouble(begun.fault)
    else if (kind === 'import') go(`/import/${view.id}/result`)
  }
  const isOff = start.isBusy || live !== undefined
  const { good, withErrors } = view.counts
  const isHeld = decide.decision.isAllOrNothing === true && view.isChecked && withErrors > 0
  return (
    <>
      <Choices view={view} decision={decide.decision} onChange={decide.change} isOff={isOff} />
      <div className={css.next}>
        <Button icon={<Eye16Regular />} disabled={isOff} onClick={() => void begin('import-preview')}>
          Preview
        </Button>
        <Button
          appearance="primary"
          icon={<ArrowUpload16Regular />}
          disabled={isOff || (view.isChecked && good === 0) || isHeld}
          onClick={() => void begin('import')}
        >
          {view.isChecked ? `Import ${plural(good, 'record')}` : 'Import'}
        </Button>
        <span role="status" className="quiet">
          {busy
            ? `Checking: ${count(busy.rows)} rows so far`
            : `A preview writes nothing. ${withErrors > 0 ? `${plural(withErrors, 'record')} with errors ${isHeld ? `${withErrors === 1 ? 'holds' : 'hold'} the import up: correct what is wrong, or leave the rows out` : 'will be left out'}. ` : ''}${view.leftOut > 0 ? `${plural(view.leftOut, 'row')} left out by you. ` : ''}Costs in Halo are never touched.`}
        </span>
      </div>
      {live ? (
        <Panel tone="busy">
          <Progress progress={live} startedAt={null} />
        </Panel>
      ) : (
        view.previewRunId !== null && <Seen runId={view.previewRunId} entity={view.entity} />
      )}
    </>
  )
}

type ChoicesProps = {
  readonly view: Decided
  readonly decision: ImportDecision
  readonly onChange: (patch: Partial<ImportDecision>) => void
  readonly isOff: boolean
}

function Choices({ view, decision, onChange, isOff }: ChoicesProps) {
  const hasCustomer = view.entity === 'quotes' || view.entity === 'salesOrders'
  return (
    <div className={css.pair}>
      <div>
        <Field label="Records that are in Halo already">
          <RadioGroup
            value={decision.existing}
            disabled={isOff}
            onChange={(_, { value }) => onChange({ existing: value as ImportDecision['existing'] })}
          >
            {Object.entries(existingWords).map(([value, words]) => (
              <Radio key={value} value={value} label={words} />
            ))}
          </RadioGroup>
        </Field>
        <Checkbox
          label="Import nothing unless every row is good"
          checked={decision.isAllOrNothing === true}
          disabled={isOff}
          onChange={(_, { checked }) => onChange({ isAllOrNothing: checked === true })}
        />
      </div>
      <Field label="A record is told by" hint="An id of Commerce or of Halo in the row goes before either.">
        <Select
          value={decision.recordBy}
          disabled={isOff}
          onChange={(_, { value }) => onChange({ recordBy: value === 'name' ? 'name' : 'number' })}
        >
          <option value="number">its number</option>
          <option value="name">its name</option>
        </Select>
      </Field>
      {hasCustomer && (
        <Field label="The customer of a row is given by">
          <Select
            value={decision.customerBy}
            disabled={isOff}
            onChange={(_, { value }) => onChange({ customerBy: value as ImportDecision['customerBy'] })}
          >
            {Object.entries(customerByWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </div>
  )
}

function Seen({ runId, entity }: { runId: number; entity: Entity }) {
  const { data: run } = useAsk(['runs.get', runId], (signal) => api.runs.get.query({ id: runId }, { signal }))
  if (!run || run.outcome === null) return null
  return (
    <Section
      title="What the import would do, by the last preview"
      actions={<Link href={`/runs/${runId}`}>Every record, field by field</Link>}
    >
      {run.fault && <Trouble fault={run.fault} />}
      <ImportCounts run={run} entity={entity} />
    </Section>
  )
}
