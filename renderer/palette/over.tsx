import { type ReactNode, useLayoutEffect, useRef } from 'react'
import css from './over.module.css'

type OverlayProps = {
  readonly label: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A window over everything: the browser's own dialog, which holds the focus, gives it back, and makes the rest unreachable meanwhile. */
export function Overlay({ label, onClose, children }: OverlayProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  // Closed before it leaves the page, or the browser would not give the focus back.
  useLayoutEffect(() => {
    const { current } = dialog
    current?.showModal()
    return () => current?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it, which the browser brings (onCancel)
    <dialog
      ref={dialog}
      className={css.over}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className={css.inside}>{children}</div>
    </dialog>
  )
}
