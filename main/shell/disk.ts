/** Runs `work` on a person's own small files; `otherwise` when the file system refuses, whatever its reason. A bug is thrown on. */
export function onDisk<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch (error) {
    // Node gives errors of the system, and only those, the number of the failed call.
    if (error instanceof Error && 'errno' in error) return otherwise
    throw error
  }
}
