import { useEffect, useRef, useState } from 'react'
import css from './import.module.css'

/** What was dropped, as the one file that an import takes, or why it is none. */
export type Dropped = { readonly file: File } | { readonly problem: string }

/** Dropped on another screen of the import, to be taken where a new one begins. */
let handed: Dropped | null = null
export const handOver = (dropped: Dropped): void => {
  handed = dropped
}
/** What was handed over, once: a screen may be rendered more than once before it stands, so it is forgotten only when it does. */
export function useHanded(): Dropped | null {
  const [taken] = useState(() => handed)
  useEffect(() => {
    handed = null
  }, [])
  return taken
}

/** A file is taken wherever on the screen it is dropped; as long as one hovers, the whole screen shows that. */
export function DropAnywhere({ onDropped }: { onDropped: (dropped: Dropped) => void }) {
  const [isOver, setOver] = useState(false)
  const act = useRef(onDropped)
  act.current = onDropped
  useEffect(() => {
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    const onLeave = ({ relatedTarget }: DragEvent): void => {
      // From one element to another is no leaving; only the edge of the window has nothing behind it.
      if (relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent): void => {
      setOver(false)
      if (!hasFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      act.current(droppedOf(event.dataTransfer))
    }
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  return (
    isOver && (
      <div className={css.dropOver} aria-hidden="true">
        <p>Drop the spreadsheet anywhere</p>
      </div>
    )
  )
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false

function droppedOf({ files, items }: DataTransfer): Dropped {
  const [file] = files
  if (files.length > 1) {
    return { problem: `${files.length} files were dropped. An import takes one file: drop one of them.` }
  }
  if (items[0]?.webkitGetAsEntry()?.isDirectory) {
    return { problem: 'A folder was dropped. Open it and drop the spreadsheet itself.' }
  }
  return file ? { file } : { problem: 'What was dropped is no file.' }
}
