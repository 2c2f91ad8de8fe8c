import { Button, ToggleButton } from '@fluentui/react-components'
import { ArrowDown16Regular, ArrowUp16Regular, Copy16Regular } from '@fluentui/react-icons'
import { useDeferredValue, useMemo, useState } from 'react'
import type { CapturedBody } from '../../../app/model/exchange.ts'
import { findInJson, valueAt } from '../../../app/model/inspector/json-lines.ts'
import { useCopy } from '../../ui/copy.ts'
import { bytes, count } from '../../ui/format.ts'
import css from './body.module.css'
import { JsonTree } from './json-tree.tsx'
import { Marked } from './marked.tsx'

type BodyProps = { readonly name: string; readonly body: CapturedBody }
type Look = 'tree' | 'pretty' | 'raw'

const mostFound = 5_000
/** More would make the page slow, and nobody reads it; copying takes all. */
const mostShown = 400_000

/** A body: as a tree, laid out, or as it came. It can be searched, and its parts copied. HTML is text here, never rendered. */
export function BodyView({ name, body }: BodyProps) {
  const json = useMemo(() => parsed(body.text), [body.text])
  const isJson = json !== undefined && typeof json === 'object' && json !== null
  const [look, setLook] = useState<Look>(isJson ? 'tree' : 'raw')
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const [at, setAt] = useState(0)
  const [active, setActive] = useState('$')
  const found = useMemo(
    () => (look === 'tree' && search !== '' ? findInJson(json, search, mostFound) : []),
    [look, json, search],
  )
  const copy = useCopy()
  if (body.text === null) return <p className="quiet">{body.leftOut ?? 'The body was not kept.'}</p>
  const shown = look === 'pretty' && json !== undefined ? JSON.stringify(json, null, 2) : body.text
  const place = found.length === 0 ? 0 : at % found.length
  return (
    <div className={css.view}>
      {body.isCut && (
        <p className={css.cutNote}>
          Cut at {bytes(new TextEncoder().encode(body.text).length)} of{' '}
          {bytes(body.unpackedBytes ?? body.bytes)}: the rest was not kept.
        </p>
      )}
      <div className={css.tools}>
        <Looks look={look} isJson={isJson} onLook={setLook} />
        <input
          type="search"
          className={css.search}
          aria-label={`Search in the ${name}`}
          placeholder="Search"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value)
            setAt(0)
          }}
          onKeyDown={({ key, shiftKey }) => key === 'Enter' && setAt(at + (shiftKey ? found.length - 1 : 1))}
        />
        {look === 'tree' && search !== '' && (
          <Steps place={place} total={found.length} onStep={(step) => setAt(at + step)} />
        )}
        <span className={css.gap} />
        {look === 'tree' && <CopyPart json={json} path={active} />}
        <Button
          size="small"
          appearance="subtle"
          icon={<Copy16Regular />}
          onClick={() => void copy(body.text ?? '', 'Body copied.')}
        >
          Copy
        </Button>
      </div>
      {look === 'tree' ? (
        <JsonTree
          name={`${name} as a tree`}
          value={json}
          search={search}
          found={found[place] ?? null}
          onActive={setActive}
        />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
        <section className={css.text} tabIndex={0} aria-label={`Text of the ${name}`}>
          <pre>
            <Marked text={shown.slice(0, mostShown)} search={search} />
          </pre>
          {shown.length > mostShown && <p className="quiet">The rest is not shown. Copy takes all of it.</p>}
        </section>
      )}
    </div>
  )
}

type StepProps = { readonly place: number; readonly total: number; readonly onStep: (step: number) => void }

/** Which of those that were found is shown, and the one before and after. */
function Steps({ place, total, onStep }: StepProps) {
  const look = { size: 'small', appearance: 'subtle', disabled: total === 0 } as const
  return (
    <>
      <span className="quiet number" role="status">
        {total === 0 ? 'not found' : `${count(place + 1)} of ${count(total)}`}
      </span>
      <Button
        {...look}
        aria-label="Found before"
        icon={<ArrowUp16Regular />}
        onClick={() => onStep(total - 1)}
      />
      <Button {...look} aria-label="Found next" icon={<ArrowDown16Regular />} onClick={() => onStep(1)} />
    </>
  )
}

/** The line of the tree that is active: where it is, and what it says. */
function CopyPart({ json, path }: { json: unknown; path: string }) {
  const copy = useCopy()
  return (
    <>
      <Button size="small" appearance="subtle" onClick={() => void copy(path, 'Path copied.')}>
        Copy path
      </Button>
      <Button
        size="small"
        appearance="subtle"
        onClick={() => void copy(textOf(valueAt(json, path)), 'Value copied.')}
      >
        Copy value
      </Button>
    </>
  )
}

function Looks({ look, isJson, onLook }: { look: Look; isJson: boolean; onLook: (look: Look) => void }) {
  const looks: readonly (readonly [Look, string])[] = isJson
    ? [
        ['tree', 'Tree'],
        ['pretty', 'Pretty'],
        ['raw', 'Raw'],
      ]
    : [['raw', 'Text']]
  return (
    <fieldset className={css.looks} aria-label="How it is shown">
      {looks.map(([id, word]) => (
        <ToggleButton
          key={id}
          size="small"
          appearance="subtle"
          checked={look === id}
          onClick={() => onLook(id)}
        >
          {word}
        </ToggleButton>
      ))}
    </fieldset>
  )
}

function parsed(text: string | null): unknown {
  if (text === null) return undefined
  try {
    return JSON.parse(text)
  } catch {
    // No JSON, or cut in the middle: it is shown as it came.
    return undefined
  }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')
