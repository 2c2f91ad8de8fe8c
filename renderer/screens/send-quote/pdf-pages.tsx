import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState } from 'react'
import { Skeleton } from '../../ui/empty.tsx'
import { plural } from '../../ui/format.ts'
import css from './send-quote.module.css'

/** A PDF's bytes from its base64. */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => {
  const text = atob(base64)
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** Drawn in this thread: a worker of its own would need another exception from what the page may load. */
async function openPdf(base64: string): Promise<PDFDocumentProxy> {
  await import('pdfjs-dist/build/pdf.worker.mjs')
  const { getDocument } = await import('pdfjs-dist')
  return getDocument({ data: bytesOf(base64), useSystemFonts: false, enableXfa: false }).promise
}

type PdfPagesProps = {
  /** Base64. */
  readonly pdf: string
  readonly label: string
  /** Told once the first page can be seen. */
  readonly onSeen?: () => void
}

/** The pages of a PDF as they come out of a printer, one under the other; each is drawn when it is scrolled to. */
export function PdfPages({ pdf, label, onSeen }: PdfPagesProps) {
  const [pages, setPages] = useState<readonly PDFPageProxy[] | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  useEffect(() => {
    let isGone = false
    let opened: PDFDocumentProxy | null = null
    const show = async (): Promise<void> => {
      try {
        const document = await openPdf(pdf)
        opened = document
        const numbers = Array.from({ length: document.numPages }, (_, at) => at + 1)
        const found = await Promise.all(numbers.map((number) => document.getPage(number)))
        if (!isGone) setPages(found)
      } catch (error) {
        if (!isGone) setTrouble(error instanceof Error ? error.message : String(error))
      }
    }
    void show()
    return () => {
      isGone = true
      void opened?.loadingTask.destroy()
    }
  }, [pdf])
  if (trouble !== null)
    return <p>The document cannot be shown here ({trouble}). Save it and look at it with another program.</p>
  return (
    <section
      className={css.pages}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
      aria-label={`${label}, ${plural(pages?.length ?? 0, 'page')}`}
    >
      {pages === null ? (
        <Skeleton lines={12} />
      ) : (
        pages.map((page) => (
          <PdfPage
            key={page.pageNumber}
            page={page}
            of={pages.length}
            {...(onSeen && page.pageNumber === 1 ? { onSeen } : {})}
          />
        ))
      )}
    </section>
  )
}

type PdfPageProps = { readonly page: PDFPageProxy; readonly of: number; readonly onSeen?: () => void }

function PdfPage({ page, of, onSeen }: PdfPageProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const seen = useRef(onSeen)
  seen.current = onSeen
  const { width, height } = page.getViewport({ scale: 1 })
  useEffect(() => {
    const { current } = canvas
    if (!current) return
    let task: ReturnType<PDFPageProxy['render']> | null = null
    const draw = async (): Promise<void> => {
      const scale = (Math.max(current.clientWidth, 300) / width) * window.devicePixelRatio
      const viewport = page.getViewport({ scale: Math.min(scale, 4) })
      current.width = Math.round(viewport.width)
      current.height = Math.round(viewport.height)
      task = page.render({ canvas: current, viewport })
      await task.promise
      current.dataset.drawn = 'true'
      seen.current?.()
    }
    const eye = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return
        eye.disconnect()
        // A drawing that is given up when the page goes is no trouble.
        draw().catch(() => undefined)
      },
      { rootMargin: '400px' },
    )
    eye.observe(current)
    return () => {
      eye.disconnect()
      task?.cancel()
    }
  }, [page, width])
  return (
    <canvas
      ref={canvas}
      className={css.page}
      role="img"
      aria-label={`Page ${page.pageNumber} of ${of}`}
      width={Math.round(width)}
      height={Math.round(height)}
    />
  )
}
