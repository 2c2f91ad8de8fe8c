import {
  Button,
  Toast,
  ToastBody,
  Toaster,
  ToastTitle,
  ToastTrigger,
  useId,
  useToastController,
} from '@fluentui/react-components'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { Fault, Result } from '../../app/model/fault.ts'
import { explain } from '../../app/model/fault-words.ts'

type Notices = {
  /** With `undo`, the note stays longer and has a button that takes it back. */
  readonly done: (text: string, undo?: () => void) => void
  readonly trouble: (fault: Fault) => void
  /** Says `text` when it worked, what went wrong when not, and hands the result on. */
  readonly tell: <T>(result: Result<T>, text: string) => Result<T>
}
const NoticesContext = createContext<Notices | null>(null)

/** A landmark of its own, so that a screen reader finds them, above whatever sticks to an edge. */
const over = { position: 'relative', zIndex: 1_000 } as const

/** Short notes on the result of what the person did; never for what happens by itself. */
export function NoticesHost({ children }: { children: ReactNode }) {
  const toasterId = useId('notices')
  const { dispatchToast } = useToastController(toasterId)
  const [place, setPlace] = useState<HTMLElement | null>(null)
  const notices = useMemo((): Notices => {
    const done: Notices['done'] = (text, undo) => {
      dispatchToast(
        <Toast>
          <ToastTitle action={undo ? <Undo onClick={undo} /> : null}>{text}</ToastTitle>
        </Toast>,
        { intent: 'success', timeout: undo ? 12_000 : 4_000 },
      )
    }
    const trouble = (fault: Fault): void => {
      const words = explain(fault)
      dispatchToast(
        <Toast>
          <ToastTitle>{words.what}</ToastTitle>
          <ToastBody>{words.doNow}</ToastBody>
        </Toast>,
        { intent: 'error', timeout: 12_000 },
      )
    }
    const tell = <T,>(result: Result<T>, text: string): Result<T> => {
      if (result.ok) done(text)
      else trouble(result.fault)
      return result
    }
    return { done, trouble, tell }
  }, [dispatchToast])
  return (
    <NoticesContext value={notices}>
      {children}
      <section ref={setPlace} aria-label="Notes on what was done" style={over} />
      <Toaster toasterId={toasterId} position="bottom-end" mountNode={place} pauseOnHover pauseOnWindowBlur />
    </NoticesContext>
  )
}

function Undo({ onClick }: { onClick: () => void }) {
  return (
    <ToastTrigger>
      <Button size="small" appearance="transparent" onClick={onClick}>
        Undo
      </Button>
    </ToastTrigger>
  )
}

export function useNotices(): Notices {
  const notices = useContext(NoticesContext)
  if (!notices) throw new Error('Notices are used outside their host.')
  return notices
}
