import { readdirSync, readFileSync } from 'node:fs'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { blurText } from '../../app/http/blur.ts'
import type { Result } from '../../app/model/fault.ts'
import { explain } from '../../app/model/fault-words.ts'
import type { Clock } from '../../app/model/ports.ts'
import type { Tenant } from '../../app/model/tenant.ts'
import type { Store } from '../../app/store/open.ts'
import type { LadderStep, SettingsView, TenantView } from '../api/port.ts'
import { type Blurred, type HarChoice, type HarParts, harOf, idsOf } from './har-stream.ts'

export type ReportParts = Omit<HarParts, 'version'> & {
  readonly store: Store
  readonly clock: Clock
  readonly version: string
  readonly mode: string
  readonly startedAt: string
  readonly logFolder: string
  /** Masks every secret that the program knows. */
  readonly clean: (text: string) => string
  readonly tenants: () => readonly TenantView[]
  readonly settings: () => SettingsView
  /** Looks at a tenant's Halo: reachable, signed in, tables and columns. */
  readonly haloCheck: (tenant: Tenant) => Promise<Result<readonly LadderStep[]>>
}

/** A file of the report, for the preview. */
type ReportFile = {
  readonly name: string
  readonly what: string
  readonly bytes: number
  /** Its beginning. */
  readonly head: string
}
type Made = { readonly name: string; readonly what: string; readonly text: string }

const logBytes = 1_000_000
const mostFailures = 500
const mostRuns = 100
const headLetters = 20_000

/** What a report would hold, to be read before it is saved. */
export async function reportPreview(
  parts: ReportParts,
  choice: HarChoice,
  blur: Blurred,
): Promise<readonly ReportFile[]> {
  const files = await filesOf(parts, choice, blur)
  return files.map(({ name, what, text }) => ({
    name,
    what,
    bytes: Buffer.byteLength(text),
    head: text.slice(0, headLetters),
  }))
}

/** The report as a zip: what a person's support needs, and no secret. The same files as the preview. */
export async function reportOf(
  parts: ReportParts,
  choice: HarChoice,
  blur: Blurred,
): Promise<Uint8Array<ArrayBuffer>> {
  const files = await filesOf(parts, choice, blur)
  const zipped = zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)])), {
    mtime: new Date(parts.clock.now()),
  })
  return new Uint8Array(zipped)
}

async function filesOf(parts: ReportParts, choice: HarChoice, blur: Blurred): Promise<readonly Made[]> {
  const made: Made[] = [
    { name: 'about.json', what: 'Versions of the program and of this computer', text: json(about(parts)) },
    {
      name: 'requests.har',
      what: `${idsOf(parts, choice).length} recorded requests, for a browser’s network panel`,
      text: [...harOf(parts, choice, blur)].join(''),
    },
    {
      name: 'configuration.json',
      what: 'Tenants with their mapping, and the settings of the program; no key and no password',
      text: json(configuration(parts)),
    },
    {
      name: 'halo.json',
      what: 'What the test of each tenant’s Halo finds now',
      text: json(await haloOf(parts)),
    },
    {
      name: 'runs.json',
      what: `The last ${mostRuns} runs`,
      text: json(parts.store.runs.list({}, 0, mostRuns)),
    },
    {
      name: 'failed-records.json',
      what: 'Records that failed and are still open, with the reason',
      text: json(failures(parts)),
    },
    {
      name: 'changes.json',
      what: 'Who changed what, the last 200',
      text: json(parts.store.audit.list(null, 0, 200)),
    },
    ...logs(parts),
  ]
  return [readme(made, blur), ...made].map((one) => ({ ...one, text: finished(parts, one, blur) }))
}

/** The archive was masked as it was recorded, and blurred entry by entry; the rest passes here. */
function finished(parts: ReportParts, { name, text }: Made, blur: Blurred): string {
  const clean = parts.clean(text)
  return blur && name !== 'requests.har' && name !== 'READ ME.txt' ? blurText(clean) : clean
}

function readme(made: readonly Made[], blur: Blurred): Made {
  const lines = made.map(({ name, what }) => `${name}: ${what}.`)
  const text = [
    'A report of Commerce Integrator, made by a person to be sent to their support.',
    'Keys, passwords and tokens are not in it: they were masked before anything was stored.',
    blur
      ? 'Names, addresses and e-mail addresses were replaced as well.'
      : 'It holds business data (names, addresses, prices): send it only to whom you trust.',
    '',
    ...lines,
  ].join('\r\n')
  return { name: 'READ ME.txt', what: 'What is in this report', text }
}

const about = ({ version, mode, startedAt, clock, exchanges }: ReportParts) => ({
  program: version,
  mode,
  startedAt,
  madeAt: new Date(clock.now()).toISOString(),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  node: process.version,
  system: `${platform()} ${release()} ${arch()}`,
  processors: cpus().length,
  memoryBytes: totalmem(),
  recorder: { ...exchanges.health(), limits: exchanges.limits(), bytes: exchanges.bytes() },
})

const configuration = ({ tenants, settings }: ReportParts) => ({
  tenants: tenants().map(({ tenant, key }) => ({ ...tenant, keySetAt: key?.setAt ?? null })),
  settings: withoutNotes(settings()),
})

/** The last characters of a password help its owner, and nobody else. */
function withoutNotes({ proxyPassword, ...rest }: SettingsView) {
  return { ...rest, proxyPasswordSetAt: proxyPassword?.setAt ?? null }
}

async function haloOf({ tenants, haloCheck }: ReportParts) {
  const found: { tenantId: number; name: string; steps: unknown }[] = []
  for (const { tenant } of tenants()) {
    const steps = await haloCheck(tenant)
    found.push({ tenantId: tenant.id, name: tenant.name, steps: steps.ok ? steps.value : steps.fault })
  }
  return found
}

function failures({ store }: ReportParts) {
  const { rows, total } = store.failures.list({}, 0, mostFailures)
  return { total, rows: rows.map((row) => ({ ...row, words: explain(row.fault) })) }
}

function logs({ logFolder }: ReportParts): Made[] {
  const names = readdirSync(logFolder).filter((name) => /\.log$/.test(name))
  return names.sort().map((name) => {
    const text = readFileSync(join(logFolder, name), 'utf8')
    const tail = text.length > logBytes ? text.slice(-logBytes).replace(/^[^\n]*\n/, '') : text
    return { name: `logs/${name}`, what: 'The log', text: tail }
  })
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
