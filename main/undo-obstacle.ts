import type { OpenImport } from './import-desk.ts'

/** Why an import cannot be undone; null when it can. `isLive`: one of its runs goes on. */
export function obstacleToUndo(open: OpenImport, isLive: boolean): string | null {
  const { created, open: left, left: kept } = open.undone.counts()
  if (isLive) return 'It is running; cancel it first.'
  if (created === 0) return 'It has created nothing in Halo.'
  if (open.undone.asWritten() === null) {
    return 'It was made by an older version of this program, or into a Halo where nothing can be taken back.'
  }
  return left + kept === 0 ? 'It was undone already.' : null
}
