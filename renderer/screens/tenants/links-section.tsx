import { Button, Field, Input, Textarea } from '@fluentui/react-components'
import { Open16Regular } from '@fluentui/react-icons'
import { checkLinks, type LinkName } from '../../../app/model/link-checks.ts'
import { fillTemplate, linkPlaceholders } from '../../../app/model/map/link.ts'
import type { Interpretation } from '../../../app/model/mapping.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import { type Answers, api, useAsk } from '../../api.ts'
import { Panel, Section } from '../../ui/page.tsx'
import { useDraft } from './draft.ts'
import { DraftForm } from './draft-form.tsx'
import css from './links.module.css'
import mapping from './mapping.module.css'
import { useSaveMapping } from './mapping-asks.ts'

type Draft = Pick<Interpretation, LinkName | 'linkHosts'> & { readonly haloAddress: string }
type Examples = Answers['mapping']['linkExamples']

const fields: readonly { name: LinkName; label: string; of: keyof Examples }[] = [
  { name: 'quoteLink', label: 'View quote', of: 'quote' },
  { name: 'raiseQuoteLink', label: 'Raise quote', of: 'customer' },
  { name: 'customerLink', label: 'Customer', of: 'customer' },
  { name: 'orderLink', label: 'Sales order', of: 'salesorder' },
  { name: 'productLink', label: 'Product', of: 'product' },
]

const draftOf = (links: Interpretation): Draft => ({
  quoteLink: links.quoteLink,
  raiseQuoteLink: links.raiseQuoteLink,
  customerLink: links.customerLink,
  orderLink: links.orderLink,
  productLink: links.productLink,
  linkHosts: links.linkHosts,
  haloAddress: links.haloAddress ?? '',
})

/** Where links into Commerce lead. Their shape is nowhere documented, so each is a template, tried at a real record. */
export function LinksSection({ tenant }: { tenant: Tenant }) {
  const { interpretation } = tenant.mapping
  const { draft, isDirty, change, undo, settle } = useDraft(draftOf(interpretation))
  const save = useSaveMapping(tenant.id)
  const examples =
    useAsk(['mapping.linkExamples', tenant.id], (signal) =>
      api.mapping.linkExamples.query({ id: tenant.id }, { signal }),
    ).data ?? {}
  const problems = checkLinks({ ...interpretation, ...draft }, tenant.instanceUrl)
  const problemOf = (name: string): string | null =>
    problems.find(({ path }) => path.startsWith(`interpretation.${name}`))?.text ?? null
  return (
    <Section title="Links into Commerce">
      <Panel>
        <DraftForm
          label="Links into Commerce"
          isDirty={isDirty}
          isBusy={save.isBusy}
          problem={problems.length > 0 ? 'A link above must be corrected first.' : undefined}
          effect="Links that are in Halo are written anew by the next run."
          onSave={() =>
            void save
              .run({ interpretation: { ...interpretation, ...draft } })
              .then(({ ok }) => ok && settle(draft))
          }
          onUndo={undo}
        >
          <p className={mapping.note}>
            Open such a page in Commerce, copy its address and put{' '}
            {linkPlaceholders.map((one) => `{${one}}`).join(', ')} where this record's own values stand.{' '}
            {'{base}'} is the Commerce address above. An empty field means no link.
          </p>
          <div className={css.links}>
            {fields.map(({ name, label, of }) => (
              <LinkField
                key={name}
                label={label}
                value={draft[name]}
                problem={problemOf(name)}
                example={examples[of]}
                base={tenant.instanceUrl}
                onChange={(value) => change({ [name]: value })}
              />
            ))}
            <Hosts
              hosts={draft.linkHosts}
              problem={problemOf('linkHosts')}
              onChange={(linkHosts) => change({ linkHosts })}
            />
            {tenant.halo.kind !== 'rest' && (
              <HaloAddress
                value={draft.haloAddress}
                problem={problemOf('haloAddress')}
                onChange={(haloAddress) => change({ haloAddress })}
              />
            )}
          </div>
        </DraftForm>
      </Panel>
    </Section>
  )
}

type LinkFieldProps = {
  readonly label: string
  readonly value: string
  readonly problem: string | null
  readonly example: Examples[keyof Examples] | undefined
  readonly base: string
  readonly onChange: (value: string) => void
}

function LinkField({ label, value, problem, example, base, onChange }: LinkFieldProps) {
  const link = example && value.trim() !== '' && !problem ? fillTemplate(value, { ...example, base }) : null
  return (
    <div className={css.link}>
      <Field label={label} validationState={problem ? 'error' : 'none'} validationMessage={problem}>
        <Input value={value} spellCheck={false} onChange={(_, data) => onChange(data.value)} />
      </Field>
      <div className={css.preview}>
        <span className={css.address} title={link ?? undefined}>
          {link ?? (problem || value.trim() === '' ? 'No link' : 'No record of this kind was read yet')}
        </span>
        {link && (
          <Button
            as="a"
            size="small"
            appearance="subtle"
            icon={<Open16Regular />}
            href={link}
            target="_blank"
            rel="noreferrer"
            aria-label={`Try ${label}`}
          >
            Try it
          </Button>
        )}
      </div>
    </div>
  )
}

type HaloAddressProps = {
  readonly value: string
  readonly problem: string | null
  readonly onChange: (value: string) => void
}

/** A database does not tell where its Halo is opened. */
function HaloAddress({ value, problem, onChange }: HaloAddressProps) {
  return (
    <Field
      label="Web address of Halo"
      hint="Such as https://halo.example.com: a quote's ticket is opened there. Empty: its number is shown alone."
      validationState={problem ? 'error' : 'none'}
      validationMessage={problem}
    >
      <Input value={value} spellCheck={false} onChange={(_, data) => onChange(data.value)} />
    </Field>
  )
}

type HostsProps = {
  readonly hosts: readonly string[]
  readonly problem: string | null
  readonly onChange: (hosts: string[]) => void
}

function Hosts({ hosts, problem, onChange }: HostsProps) {
  return (
    <Field
      label="Other hosts that links may lead to"
      hint="One a line, such as quotes.example.com. The Commerce address itself is always allowed."
      validationState={problem ? 'error' : 'none'}
      validationMessage={problem}
    >
      <Textarea
        value={hosts.join('\n')}
        rows={2}
        spellCheck={false}
        onChange={(_, { value }) =>
          onChange(value === '' ? [] : value.split('\n').map((host) => host.trim()))
        }
      />
    </Field>
  )
}
