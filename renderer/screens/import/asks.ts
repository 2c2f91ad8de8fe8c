import { useEffect, useRef, useState } from 'react'
import { type Fault, fail, ok, type Result } from '../../../app/model/fault.ts'
import type { ImportDecision } from '../../../app/model/sheet/choices.ts'
import { type Answers, api, faultOf, useAsk } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'

export type ImportBrief = Answers['imports']['list'][number]
export type ImportView = NonNullable<Answers['imports']['get']>
export type ImportRow = Answers['imports']['rows']['rows'][number]
export type ProblemGroup = Answers['imports']['problems'][number]
export type LookRequest = Parameters<typeof api.imports.look.query>[0]
export type SheetSource = LookRequest['source']
export type ImportFix = Parameters<typeof api.imports.fix.mutate>[0]['change']
export type ProblemKind = NonNullable<Parameters<typeof api.imports.rows.query>[0]['only']>

/** One import; null when there is no such, undefined until it is known. */
export const useImport = (id: string) =>
  useAsk(['imports.get', id], (signal) => api.imports.get.query({ id }, { signal }))

/** What the engine does for an import at the moment. */
export function useBusy(id: string | null) {
  const { data } = useAsk(['imports.busy'], (signal) => api.imports.busy.query(undefined, { signal }))
  return data?.find((one) => one.id === id) ?? null
}

/** Below what one request may carry, once it is written as text. */
const pieceBytes = 500_000
const fileBytes = 200_000_000

/** The window of the desktop knows where a file lies; a browser does not. */
const desktop = (window as Window & { desktop?: { pathOfFile(file: File): string } }).desktop

/**
 * Brings a file to the engine: by its path where the engine runs in this very program, else piece by piece. Stops when `signal` fires
 * (cancelled, as a fault that nobody is told).
 */
export async function bring(
  file: File,
  isHere: boolean,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<Result<SheetSource> | null> {
  const path = isHere ? (desktop?.pathOfFile(file) ?? '') : ''
  if (path !== '') return ok({ path })
  if (file.size > fileBytes) return fail(tooLarge(file))
  try {
    const begun = await api.imports.beginUpload.mutate({ name: file.name })
    if (!begun.ok) return begun
    const { upload } = begun.value
    const pieceAt = (offset: number): Promise<string> => textOf(file.slice(offset, offset + pieceBytes))
    let next = pieceAt(0)
    for (let offset = 0; offset < file.size; offset += pieceBytes) {
      const data = await next
      if (signal.aborted) return null
      // The next one is read while this one is on its way; one that cannot be read is told of in its turn.
      next = pieceAt(offset + pieceBytes)
      next.catch(() => undefined)
      const added = await api.imports.addPiece.mutate({ upload, offset, data })
      if (!added.ok) return added
      onShare(Math.min(1, (offset + pieceBytes) / file.size))
    }
    return ok({ upload })
  } catch (error) {
    return fail(faultOf(error))
  }
}

const tooLarge = ({ name }: File): Fault => ({
  code: 'sheet-too-large',
  side: 'here',
  next: 'setup',
  facts: { file: name, most: '200 MB' },
})

function textOf(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => {
      const text = String(reader.result)
      resolve(text.slice(text.indexOf(',') + 1))
    }
    reader.onerror = () => reject(reader.error ?? new Error('The file could not be read.'))
    reader.readAsDataURL(piece)
  })
}

/**
 * What was decided, changed here at once and kept by the engine one change after the other. What stands on screen is the person's,
 * whatever the engine says meanwhile.
 */
export function useDecision(id: string, kept: ImportDecision) {
  const notices = useNotices()
  const [decision, setDecision] = useState(kept)
  const now = useRef(kept)
  const queue = useRef<Promise<void>>(Promise.resolve())
  const change = (patch: Partial<ImportDecision>): Promise<void> => {
    now.current = { ...now.current, ...patch }
    setDecision(now.current)
    const wanted = now.current
    queue.current = queue.current.then(async () => {
      try {
        const done = await api.imports.decide.mutate({ id, decision: wanted })
        if (!done.ok) notices.trouble(done.fault)
      } catch (error) {
        notices.trouble(faultOf(error))
      }
    })
    return queue.current
  }
  return { decision, change, settled: () => queue.current }
}
export type Decide = ReturnType<typeof useDecision>

/** Runs once a screen, when it is wanted. */
export function useOnce(isWanted: boolean, act: () => void): void {
  const isDone = useRef(false)
  useEffect(() => {
    if (!isWanted || isDone.current) return
    isDone.current = true
    act()
  })
}
