import { Button } from '@fluentui/react-components'
import { ArrowDownload16Regular, Attach16Regular } from '@fluentui/react-icons'
import { Skeleton } from '../../ui/empty.tsx'
import { bytesOf, PdfPages } from './pdf-pages.tsx'
import css from './send-quote.module.css'
import type { Preview } from './send-quote.tsx'

type PreviewPaneProps = {
  readonly preview: Preview | null
  readonly name: string
  readonly onSeen: (preview: Preview) => void
}

/** The very document that goes out, page by page. */
export function PreviewPane({ preview, name, onSeen }: PreviewPaneProps) {
  return (
    <section className={css.preview} aria-label="What goes with it">
      <div className={css.file}>
        <Attach16Regular aria-hidden="true" />
        <strong title={name}>{name}</strong>
        <Button
          size="small"
          icon={<ArrowDownload16Regular />}
          disabled={!preview}
          onClick={() => preview && saveAs(preview.pdf, name)}
        >
          Save
        </Button>
      </div>
      {preview && preview.missing.length > 0 && <Missing characters={preview.missing} />}
      {preview ? (
        <PdfPages key={preview.seen} pdf={preview.pdf} label={name} onSeen={() => onSeen(preview)} />
      ) : (
        <div className={css.pages}>
          <Skeleton lines={12} />
        </div>
      )}
    </section>
  )
}

/** The font has Latin, Greek and Cyrillic letters; what it lacks is said, because the page shows boxes there. */
export function Missing({ characters }: { readonly characters: readonly string[] }) {
  return (
    <p role="note">
      <strong>
        The document cannot show {characters.length === 1 ? 'this character' : 'these characters'}:
      </strong>{' '}
      <span lang="und">{characters.join(' ')}</span>. A box stands for each. Change the text in Datto Commerce
      or in the template if they matter.
    </p>
  )
}

/** Saves a PDF as a file of the person's. */
export function saveAs(pdf: string, name: string): void {
  const address = URL.createObjectURL(new Blob([bytesOf(pdf)], { type: 'application/pdf' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
