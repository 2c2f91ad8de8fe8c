import { performance } from 'node:perf_hooks'
import { type Fault, fail, fault, ok, type Result } from '../model/fault.ts'
import type { HaloTarget } from '../model/halo-target.ts'
import { defaultNetwork } from '../model/network.ts'
import type { Destination, ProbeReport } from './destination.ts'
import { type HaloMeans, openHalo } from './open.ts'

/**
 * The rungs of Halo's half of a connection test, in this order; each kind of Halo has those that mean something there. `halo`: the address can
 * be read, the file opened. `halo-instance`: SQL Browser knows the instance. `halo-network`: somebody listens. `halo-certificate`: who it is.
 * `halo-login`, `halo-database`, `halo-rights`: may come in, is there, may read and write. `schema`: tables and columns. `halo-record`: one real client.
 */
export const haloStepIds = [
  'halo',
  'halo-instance',
  'halo-network',
  'halo-certificate',
  'halo-login',
  'halo-database',
  'halo-rights',
  'schema',
  'halo-record',
] as const
export type HaloStepId = (typeof haloStepIds)[number]

/** The certificate that a server showed. `fingerprint` is SHA-256, `AB:CD:...`; `validTo` UTC ISO. */
export type SeenCertificate = {
  readonly subject: string
  readonly issuer: string
  readonly fingerprint: string
  readonly validTo: string
}

type HaloRung = {
  readonly step: HaloStepId
  /** What was found, in plain words; '' when it failed. */
  readonly found: string
  readonly fault: Fault | null
  /** Told whether it is trusted or not, so that a person can compare it with the server's and pin it. */
  readonly certificate?: SeenCertificate
  readonly durationMs: number
}

/** Collects rungs and stops at the first that fails. */
export function newHaloLadder(): {
  readonly rungs: HaloRung[]
  /** Null when the rung failed. The work answers what was found, for the rung's words, with its value. */
  step<T>(
    step: HaloStepId,
    work: () => Promise<
      Result<{ readonly value: T; readonly found: string; readonly certificate?: SeenCertificate }>
    >,
  ): Promise<T | null>
} {
  const rungs: HaloRung[] = []
  return {
    rungs,
    step: async (step, work) => {
      const begun = performance.now()
      const result = await work()
      const durationMs = Math.round(performance.now() - begun)
      if (!result.ok) {
        rungs.push({ step, found: '', fault: result.fault, durationMs })
        return null
      }
      const { value, found, certificate } = result.value
      rungs.push({ step, found, fault: null, durationMs, ...(certificate ? { certificate } : {}) })
      return value
    },
  }
}

/** The rungs that a kind of Halo has, in their order: those after a failed one were not tried. */
export function haloStepsOf(target: HaloTarget): readonly HaloStepId[] {
  switch (target.kind) {
    case 'sqlite':
      return ['halo', 'schema']
    case 'mssql':
      return haloStepIds
    case 'postgres':
      return haloStepIds.filter((step) => step !== 'halo-instance')
    case 'rest':
      return [
        'halo',
        'halo-network',
        'halo-certificate',
        'halo-login',
        'halo-rights',
        'schema',
        'halo-record',
      ]
  }
}

/** Tries the way to a Halo rung by rung, up to the first that fails. Reads only; nothing is written. */
export async function climbHalo(target: HaloTarget, means: HaloMeans): Promise<readonly HaloRung[]> {
  const ladder = newHaloLadder()
  const { rest, secret } = means
  if (target.kind === 'rest' && rest && secret) {
    const { climbRest } = await import('./rest/ladder.ts')
    await climbRest(ladder, target, secret, { ...means, rest })
    return ladder.rungs
  }
  if (target.kind === 'mssql' || target.kind === 'postgres') {
    const { climbSql } = await import('./sql/ladder.ts')
    const { network = defaultNetwork } = means
    await climbSql(ladder, target, { secret: secret ?? null, network })
    return ladder.rungs
  }
  const halo = await ladder.step('halo', async () => {
    const opened = await openHalo(target, means)
    return opened.ok
      ? ok({ value: opened.value, found: target.kind === 'sqlite' ? target.file : target.kind })
      : opened
  })
  if (halo) {
    await ladder.step('schema', () => schemaOf(halo))
    await halo.close()
  }
  return ladder.rungs
}

/** The rung `schema` of any destination. */
export async function schemaOf(
  halo: Pick<Destination, 'probe'>,
): Promise<Result<{ readonly value: ProbeReport; readonly found: string }>> {
  const probed = await halo.probe()
  if (!probed.ok) return probed
  const { kind, version, found, missing, unknownRequired } = probed.value
  const listed = (columns: ProbeReport['missing']): string =>
    columns.map((one) => `${one.table}.${one.column}`).join(', ')
  if (missing.length > 0) return fail(fault('halo-column-missing', { facts: { columns: listed(missing) } }))
  if (unknownRequired.length > 0)
    return fail(fault('halo-field-mandatory', { facts: { column: listed(unknownRequired) } }))
  return ok({ value: probed.value, found: `${kind} ${version}, ${found.length} columns found` })
}
