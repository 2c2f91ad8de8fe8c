import { fault } from '../../app/model/fault.ts'
import { useNotices } from './notices.tsx'

/** Copies a text and says so, or says that the browser does not let it. */
export function useCopy(): (text: string, done?: string) => Promise<void> {
  const notices = useNotices()
  return async (text, done = 'Copied.') => {
    try {
      await navigator.clipboard.writeText(text)
      notices.done(done)
    } catch (error) {
      notices.trouble(fault('bug', { raw: `The clipboard cannot be written to: ${String(error)}` }))
    }
  }
}
