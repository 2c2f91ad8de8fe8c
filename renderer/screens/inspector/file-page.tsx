import { Button } from '@fluentui/react-components'
import { DocumentArrowUp20Regular, FolderOpen16Regular } from '@fluentui/react-icons'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Exchange } from '../../../app/model/exchange.ts'
import { readHar } from '../../../app/model/inspector/har-import.ts'
import { wholeSpan } from '../../../app/model/inspector/timing.ts'
import { Empty } from '../../ui/empty.tsx'
import { plural } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table/table.tsx'
import type { Windows } from '../../ui/table/windows.ts'
import { columnsFor, type ExchangeRow } from './columns.tsx'
import { FileDetail } from './file-detail.tsx'
import { Split } from './split.tsx'

type Opened = { readonly name: string; readonly exchanges: readonly Exchange[]; readonly left: number }

/** Larger files would not fit into a page's memory together with what is made of them. */
const mostBytes = 200_000_000

/** A HAR file from elsewhere, read only: it stays in this window, and nothing of it is kept. */
export function HarFile() {
  const [opened, setOpened] = useState<Opened | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return
    if (file.size > mostBytes) return setProblem('This file is larger than 200 MB.')
    const har = readHar(await file.text())
    setProblem(har.ok ? null : har.problem)
    if (har.ok) setOpened({ name: file.name, ...har })
  }
  return (
    <Page
      title={opened?.name ?? 'HAR file'}
      body="table"
      sub={
        <>
          <Link href="/inspector">API inspector</Link>
          {opened && <span>{plural(opened.exchanges.length, 'request')}, read only</span>}
          {opened && opened.left > 0 && <span>{plural(opened.left, 'entry', 'entries')} left out</span>}
        </>
      }
      actions={
        <>
          <input
            ref={chooser}
            type="file"
            accept=".har,.json,application/json"
            aria-label="HAR file"
            hidden
            onChange={({ target }) => void take(target.files?.[0])}
          />
          <Button size="small" icon={<FolderOpen16Regular />} onClick={() => chooser.current?.click()}>
            Choose a file ...
          </Button>
        </>
      }
    >
      {problem && <p role="alert">{problem}</p>}
      {opened ? <List key={opened.name} exchanges={opened.exchanges} /> : <Nothing />}
    </Page>
  )
}

function Nothing() {
  return (
    <Empty icon={<DocumentArrowUp20Regular />} title="No file is open">
      <p>Choose an HTTP archive (.har) of this program or of a browser. It is shown here and kept nowhere.</p>
    </Empty>
  )
}

const hidden: ReadonlySet<string> = new Set(['tenant', 'run'])
const beside: ReadonlySet<string> = new Set([...hidden, 'host', 'size', 'try', 'took', 'waterfall'])

function List({ exchanges }: { exchanges: readonly Exchange[] }) {
  const [openId, setOpenId] = useState<number | null>(null)
  const rows = useMemo(() => exchanges.map(rowOf), [exchanges])
  const windows = useRows(rows)
  const columns = useMemo(() => columnsFor({ tenantName: () => '', span: wholeSpan(rows) }), [rows])
  const open = exchanges.find(({ id }) => id === openId)
  return (
    <Split
      name="inspector"
      left={
        <Table
          name="Requests of this file"
          columns={columns}
          hidden={open ? beside : hidden}
          windows={windows}
          rowKey={({ id }) => String(id)}
          selected={openId === null ? null : String(openId)}
          onOpen={({ id }) => setOpenId(id)}
          empty={<Nothing />}
        />
      }
      right={open ? <FileDetail key={open.id} exchange={open} onClose={() => setOpenId(null)} /> : null}
    />
  )
}

/** A list that is here whole, as the table wants it. */
function useRows(rows: readonly ExchangeRow[]): Windows<ExchangeRow> {
  const onRange = useCallback(() => undefined, [])
  return {
    name: 'har',
    total: rows.length,
    rowAt: (index) => rows[index],
    onRange,
    error: null,
    isOld: false,
  }
}

function rowOf(exchange: Exchange): ExchangeRow {
  const { requestBody, responseBody, url, timing } = exchange
  const place = /^\w+:\/\/([^/?#]*)([^?#]*)/.exec(url)
  return {
    ...exchange,
    server: place?.[1] ?? '',
    path: place?.[2] || '/',
    cause: null,
    totalMs: timing.totalMs,
    requestBytes: requestBody?.bytes ?? null,
    responseBytes: responseBody?.bytes ?? null,
    isCut: requestBody?.isCut === true || responseBody?.isCut === true,
  }
}
