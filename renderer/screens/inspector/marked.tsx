import { Fragment } from 'react'
import css from './body.module.css'

const mask = /(••• (?:redacted|blurred))/

/** A text in which what is looked for is marked, and what was taken out before it was stored is shown as a mark of its own. */
export function Marked({ text, search }: { text: string; search: string }) {
  const parts = text.split(mask)
  let at = 0
  return (
    <>
      {parts.map((part) => {
        at += part.length + 1
        return mask.test(part) ? (
          <span key={at} className={css.mask} title="It was taken out before this was stored.">
            {part}
          </span>
        ) : (
          <Fragment key={at}>
            <Found text={part} search={search} />
          </Fragment>
        )
      })}
    </>
  )
}

function Found({ text, search }: { text: string; search: string }) {
  const wanted = search.toLowerCase()
  const lower = text.toLowerCase()
  // Some letters grow when made small: then places no longer fit, and nothing is marked.
  if (wanted === '' || lower.length !== text.length || !lower.includes(wanted)) return text
  const pieces: { readonly text: string; readonly isHit: boolean; readonly at: number }[] = []
  let from = 0
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) pieces.push({ text: text.slice(from, at), isHit: false, at: from })
    pieces.push({ text: text.slice(at, at + wanted.length), isHit: true, at })
    from = at + wanted.length
  }
  pieces.push({ text: text.slice(from), isHit: false, at: from })
  return (
    <>
      {pieces.map(({ text: piece, isHit, at }) =>
        isHit ? <mark key={at}>{piece}</mark> : <Fragment key={at}>{piece}</Fragment>,
      )}
    </>
  )
}
