// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus and names its active line by aria-activedescendant
import { ChevronDown12Regular, ChevronRight12Regular } from '@fluentui/react-icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { deepPaths, type JsonLine, jsonLines, pathsAbove } from '../../../app/model/inspector/json-lines.ts'
import css from './body.module.css'
import { Marked } from './marked.tsx'

type TreeProps = {
  readonly name: string
  readonly value: unknown
  /** Letters that are marked; '' for none. */
  readonly search: string
  /** A line that was found: it is opened and shown. */
  readonly found: string | null
  /** The active line has changed: what "copy path" means. */
  readonly onActive: (path: string) => void
}

const lineHeight = 20
/** A list of records opens with its first level; what lies deeper is opened by hand, unless all of it is short. */
const openLevels = 2
const shortLines = 400

/** JSON as a tree, of which only what is on screen is drawn. Arrow keys go through it, left and right close and open. */
export function JsonTree({ name, value, search, found, onActive }: TreeProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(() => closedAtFirst(value))
  const [active, setActive] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const lines = useMemo(() => jsonLines(value, closed), [value, closed])
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
    initialRect: { width: 0, height: 600 },
  })
  const go = (index: number): void => {
    const next = Math.max(0, Math.min(lines.length - 1, index))
    setActive(next)
    virtual.scrollToIndex(next)
    onActive(lines[next]?.path ?? '$')
  }
  const toggle = ({ path, children }: JsonLine, isToClose: boolean): void => {
    if (children === 0) return
    const next = new Set(closed)
    if (isToClose) next.add(path)
    else next.delete(path)
    setClosed(next)
  }
  useEffect(() => {
    if (found === null) return
    const above = new Set(pathsAbove(found))
    setClosed((before) => new Set([...before].filter((path) => !above.has(path))))
  }, [found])
  useEffect(() => {
    const index = found === null ? -1 : lines.findIndex(({ path }) => path === found)
    if (index < 0) return
    setActive(index)
    virtual.scrollToIndex(index, { align: 'center' })
  }, [found, lines, virtual])
  const onKeyDown = (event: KeyboardEvent): void => {
    const line = lines[active]
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      Home: () => go(0),
      End: () => go(lines.length - 1),
      PageDown: () => go(active + 20),
      PageUp: () => go(active - 20),
      ArrowRight: () => line && toggle(line, false),
      ArrowLeft: () => line && toggle(line, true),
      Enter: () => line && toggle(line, !closed.has(line.path)),
    }
    const move = event.ctrlKey || event.altKey || event.metaKey ? undefined : moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }
  return (
    <div
      ref={scroller}
      className={css.tree}
      role="tree"
      aria-label={name}
      tabIndex={0}
      aria-activedescendant={`${id}-${active}`}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const line = lines[index]
          return (
            line && (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
              <div
                key={line.path}
                id={`${id}-${index}`}
                role="treeitem"
                aria-level={line.depth + 1}
                aria-selected={index === active}
                aria-expanded={line.children > 0 ? !closed.has(line.path) : undefined}
                className={css.line}
                data-active={index === active || undefined}
                style={{
                  transform: `translateY(${start}px)`,
                  paddingLeft: 8 + Math.min(line.depth, 40) * 14,
                }}
                onClick={() => {
                  setActive(index)
                  onActive(line.path)
                  toggle(line, !closed.has(line.path))
                }}
              >
                <Line line={line} isClosed={closed.has(line.path)} search={search} />
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}

function Line({ line, isClosed, search }: { line: JsonLine; isClosed: boolean; search: string }) {
  return (
    <>
      <span className={css.arrow} aria-hidden="true">
        {line.children > 0 && (isClosed ? <ChevronRight12Regular /> : <ChevronDown12Regular />)}
      </span>
      {line.key !== null && (
        <span className={css.key}>
          <Marked text={line.key} search={search} />:
        </span>
      )}
      <span className={css.value} data-kind={line.kind}>
        <Marked text={line.text.slice(0, 600)} search={search} />
      </span>
    </>
  )
}

function closedAtFirst(value: unknown): ReadonlySet<string> {
  if (jsonLines(value, new Set()).length <= shortLines) return new Set()
  const closed = new Set(deepPaths(value, openLevels - 1, 50_000))
  // Of a list of records the first shows what the others are like.
  closed.delete('$[0]')
  return closed
}
