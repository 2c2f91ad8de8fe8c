import { isAbsolute } from 'node:path'
import { LineCounter, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import { apiBase, instanceOrigin } from '../app/commerce/address.ts'
import type { Fault } from '../app/model/fault.ts'
import { explain } from '../app/model/fault-words.ts'
import { haloTargetSchema, secretScope } from '../app/model/halo-target.ts'
import { networkInputSchema, updateSettingsSchema } from '../app/model/settings.ts'
import { entitySchema, scheduleSchema } from '../app/model/tenant.ts'
import { checkSchedule } from './schedule.ts'

/** A secret is never in the file: it lies in an environment variable, or in a file that is deleted once all of it is set up. */
const secretSourceSchema = z.union(
  [
    z.strictObject({
      env: z.string().regex(/^[A-Za-z_]\w*$/, 'This is no name of an environment variable.'),
    }),
    z.strictObject({ file: z.string().min(1) }),
  ],
  { error: 'A secret is written as { env: NAME } or { file: PATH }, never as itself.' },
)
export type SecretSource = z.infer<typeof secretSourceSchema>

/** The parts of a schedule that may be left out. */
const looseSchedule = z.preprocess((given) => {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) return given
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return { zone, ...('kind' in given && given.kind === 'every' ? { between: null } : {}), ...given }
}, scheduleSchema)

const instantSchema = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString())

const tenantSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  url: z.string(),
  apiUrl: z.string().exactOptional(),
  key: secretSourceSchema,
  keyIn: z.enum(['header', 'query']).exactOptional(),
  enabled: z.boolean().exactOptional(),
  syncFrom: instantSchema.exactOptional(),
  requestsPerMinute: z.int().min(1).exactOptional(),
  requestsPerDay: z.int().min(1).exactOptional(),
  entities: z.array(entitySchema).exactOptional(),
  halo: haloTargetSchema.exactOptional(),
  /** The SQL password or client secret of `halo`. */
  haloSecret: secretSourceSchema.exactOptional(),
  schedule: looseSchedule.exactOptional(),
})
export type UnattendedTenant = z.infer<typeof tenantSchema>

/** Of these, too, what is left out stays as it is. */
const { proxy, trustSystemStore, extraCaFiles } = networkInputSchema.shape
const networkSchema = z.strictObject({
  proxy: proxy.exactOptional(),
  trustSystemStore: trustSystemStore.exactOptional(),
  extraCaFiles: extraCaFiles.exactOptional(),
})
const { mode, window, feedUrl } = updateSettingsSchema.shape
const updatesSchema = z.strictObject({
  mode: mode.exactOptional(),
  window: window.exactOptional(),
  feedUrl: feedUrl.exactOptional(),
})

const fileSchema = z.strictObject({
  /** What goes on with the work after the set-up. Left out: nothing is installed or removed. */
  run: z.enum(['service', 'desktop']).exactOptional(),
  tenants: z.array(tenantSchema),
  network: networkSchema.exactOptional(),
  proxyPassword: secretSourceSchema.exactOptional(),
  updates: updatesSchema.exactOptional(),
})
export type Unattended = z.infer<typeof fileSchema>

/** What is wrong with a set-up file; `line` counts from 1. */
export type Mistake = { readonly line: number; readonly reason: string }
export type Read =
  | { readonly ok: true; readonly plan: Unattended; readonly lineOf: LineOf }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] }
/** The line of a value in the file, or of the nearest thing around it. */
export type LineOf = (path: readonly PropertyKey[]) => number

/** More than any installation has; a file this big was picked by mistake. */
const longestText = 1_000_000

/**
 * Reads a set-up file (YAML, or JSON, which is YAML as well) whole, before anything is done: all mistakes at once, each with its line.
 * Pure but for the time zone of this machine, which a schedule gets that names none.
 */
export function readUnattended(text: string): Read {
  if (text.length > longestText)
    return { ok: false, mistakes: [{ line: 1, reason: 'This file is too long to be a set-up file.' }] }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  const broken = [...document.errors, ...document.warnings].map((one) => ({
    line: lineAt(one.pos[0]),
    reason: one.message,
  }))
  // A few aliases of aliases make a file of a hundred bytes fill the memory; nothing here needs them.
  visit(document, {
    Alias: (_, node) => {
      broken.push({ line: lineAt(node.range?.[0] ?? 0), reason: 'References (*name) are not read here.' })
    },
  })
  if (broken.length > 0) return { ok: false, mistakes: inOrder(broken) }
  const lineOf: LineOf = (path) => {
    for (let length = path.length; length > 0; length--) {
      const range = rangeOf(document.getIn(path.slice(0, length), true))
      if (range !== null) return lineAt(range)
    }
    return 1
  }
  const parsed = fileSchema.safeParse(document.toJS())
  if (!parsed.success) return { ok: false, mistakes: inOrder(mistakesOf(parsed.error, lineOf)) }
  const mistakes = senseMistakes(parsed.data, lineOf)
  if (mistakes.length > 0) return { ok: false, mistakes: inOrder(mistakes) }
  return { ok: true, plan: parsed.data, lineOf }
}

function rangeOf(node: unknown): number | null {
  const parsed = z.object({ range: z.tuple([z.int()]).rest(z.int()) }).safeParse(node)
  return parsed.success ? parsed.data.range[0] : null
}

const inOrder = (mistakes: readonly Mistake[]): Mistake[] => [...mistakes].sort((a, b) => a.line - b.line)

function mistakesOf(error: z.ZodError, lineOf: LineOf): Mistake[] {
  return error.issues.flatMap((issue) => {
    const where = issue.path.join('.') || 'the file'
    if (issue.code !== 'unrecognized_keys')
      return [{ line: lineOf(issue.path), reason: `${where}: ${issue.message}` }]
    return issue.keys.map((key) => ({
      line: lineOf([...issue.path, key]),
      reason: `${where}: there is no setting named "${key}".`,
    }))
  })
}

/** What the shapes alone cannot see: addresses, times, names that occur twice, a password without a proxy. */
function senseMistakes(plan: Unattended, lineOf: LineOf): Mistake[] {
  const mistakes: Mistake[] = []
  const blame = (path: readonly PropertyKey[], reason: string): void => {
    mistakes.push({ line: lineOf(path), reason: `${path.join('.')}: ${reason}` })
  }
  const names = new Map<string, number>()
  for (const [index, tenant] of plan.tenants.entries()) {
    const at = (field: string): readonly PropertyKey[] => ['tenants', index, field]
    const known = names.get(tenant.name.toLowerCase())
    if (known !== undefined)
      blame(
        at('name'),
        `"${tenant.name}" is the name of tenants.${known}, too; upper and lower case are the same.`,
      )
    else names.set(tenant.name.toLowerCase(), index)
    const url = instanceOrigin(tenant.url)
    if (!url.ok) blame(at('url'), inWords(url.fault))
    const api = tenant.apiUrl === undefined ? null : apiBase(tenant.apiUrl)
    if (api && !api.ok) blame(at('apiUrl'), inWords(api.fault))
    if (tenant.halo?.kind === 'sqlite' && !isAbsolute(tenant.halo.file))
      blame(['tenants', index, 'halo', 'file'], 'a full path is needed.')
    if (tenant.haloSecret && (!tenant.halo || secretScope(tenant.halo) === null))
      blame(at('haloSecret'), 'only a server or an API named under halo has a secret.')
    const schedule = tenant.schedule ? checkSchedule(tenant.schedule, 0) : null
    if (schedule && !schedule.ok)
      blame(at('schedule'), String(schedule.fault.facts?.problem ?? inWords(schedule.fault)))
  }
  const named = plan.network?.proxy
  if (plan.proxyPassword && (named?.mode !== 'manual' || named.user === ''))
    blame(['proxyPassword'], 'only a manual proxy with a user has a password.')
  const window = plan.updates?.window
  if (window && window.from === window.to) blame(['updates', 'window'], 'it begins when it ends.')
  return mistakes
}

const inWords = (found: Fault): string => explain(found).what
