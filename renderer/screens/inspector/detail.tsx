import { Button, Menu, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { ArrowClockwise16Regular, Copy16Regular, Dismiss16Regular } from '@fluentui/react-icons'
import type { Exchange } from '../../../app/model/exchange.ts'
import { copyAs } from '../../../app/model/inspector/copy.ts'
import { type Answers, api, useAsk, useCommand } from '../../api.ts'
import { Entries, type MenuEntry } from '../../ui/context-menu.tsx'
import { useCopy } from '../../ui/copy.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { StatusMark } from '../requests/status-mark.tsx'
import { type DetailTab, detailTabs, linkOf } from './address.ts'
import { AttemptsTab } from './attempts-tab.tsx'
import { pathOf } from './columns.tsx'
import { CompareTab } from './compare-tab.tsx'
import css from './detail.module.css'
import { ExplanationTab } from './explanation-tab.tsx'
import { FailedRecords } from './failed-records.tsx'
import { RequestTab, ResponseTab } from './message-tab.tsx'
import { RelatedTab } from './related-tab.tsx'
import { TimingTab } from './timing-tab.tsx'
import { tabWords } from './words.ts'

type Detail = NonNullable<Answers['inspector']['get']>

export type DetailProps = {
  readonly id: number
  readonly tab: DetailTab
  readonly other: number | null
  readonly onOpen: (id: number | null, tab?: DetailTab) => void
  readonly onCompare: (id: number | null) => void
  readonly onSave: (what: 'har' | 'report') => void
}

/** One request in full. */
export function DetailPane(props: DetailProps) {
  const { id, onOpen } = props
  const { data, error, refetch } = useAsk(['inspector.get', id], (signal) =>
    api.inspector.get.query({ id }, { signal }),
  )
  return (
    <section className={css.pane} aria-label={`Request ${id}`}>
      {data ? (
        <Loaded {...props} detail={data} />
      ) : (
        <div className={css.body}>
          {data === null ? (
            <Gone onClose={() => onOpen(null)} />
          ) : error ? (
            <Unanswered error={error} again={() => void refetch()} />
          ) : (
            <Skeleton lines={8} />
          )}
        </div>
      )}
    </section>
  )
}

function Gone({ onClose }: { onClose: () => void }) {
  return (
    <p>
      This request is no longer kept: it made room for newer ones, or was cleared.{' '}
      <Button size="small" onClick={onClose}>
        Close
      </Button>
    </p>
  )
}

function Loaded(props: DetailProps & { readonly detail: Detail }) {
  const { detail, tab, other, onOpen, onCompare, onSave } = props
  const { exchange } = detail
  const isCompared = other !== null && other !== exchange.id
  const tabs = detailTabs.filter((each) => each !== 'compare' || isCompared)
  const shown = tabs.includes(tab) ? tab : 'explanation'
  return (
    <>
      <header className={css.head}>
        <div className={css.line}>
          <h2 className={css.title}>
            {exchange.method} {pathOf({ url: exchange.url, path: pathIn(exchange.url) })}
          </h2>
          <Button
            size="small"
            appearance="subtle"
            icon={<Dismiss16Regular />}
            aria-label="Close details"
            onClick={() => onOpen(null)}
          />
        </div>
        <div className={css.line}>
          <StatusMark exchange={exchange} />
          <span className="quiet">
            <Time at={exchange.startedAt} /> · request {exchange.id}
          </span>
          <span className={css.gap} />
          <Actions exchange={exchange} onOpen={onOpen} onCompare={onCompare} onSave={onSave} />
        </div>
        <nav aria-label="Parts of this request" className={css.tabs}>
          {tabs.map((each) => (
            <button
              key={each}
              type="button"
              className={css.tab}
              aria-current={each === shown ? 'page' : undefined}
              onClick={() => onOpen(exchange.id, each)}
            >
              {tabWords[each]}
              {each === 'attempts' && detail.attempts.length > 1 && ` (${detail.attempts.length})`}
            </button>
          ))}
        </nav>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <section className={css.body} tabIndex={0} aria-label={tabWords[shown]}>
        {shown === 'explanation' && (
          <ExplanationTab
            exchange={exchange}
            onReport={() => onSave('report')}
            onResponse={() => onOpen(exchange.id, 'response')}
          >
            <FailedRecords failures={detail.failures} />
          </ExplanationTab>
        )}
        {shown === 'request' && <RequestTab exchange={exchange} />}
        {shown === 'response' && <ResponseTab exchange={exchange} />}
        {shown === 'timing' && <TimingTab exchange={exchange} />}
        {shown === 'attempts' && (
          <AttemptsTab attempts={detail.attempts} openId={exchange.id} onOpen={(id) => onOpen(id)} />
        )}
        {shown === 'related' && <RelatedTab detail={detail} onOpen={(id) => onOpen(id)} />}
        {shown === 'compare' && other !== null && (
          <CompareTab exchange={exchange} otherId={other} onEnd={() => onCompare(null)} />
        )}
      </section>
    </>
  )
}

const pathIn = (url: string): string => url.replace(/^\w+:\/\/[^/?#]*/, '').replace(/[?#].*$/s, '') || '/'

type ActionProps = Pick<DetailProps, 'onOpen' | 'onCompare' | 'onSave'> & { readonly exchange: Exchange }

function Actions({ exchange, onOpen, onCompare, onSave }: ActionProps) {
  const copy = useCopy()
  const notices = useNotices()
  const again = useCommand(api.inspector.send.mutate)
  const isRead = exchange.method === 'GET' && exchange.host === 'commerce' && exchange.tenantId !== null
  const send = async (): Promise<void> => {
    const sent = await again.run({ id: exchange.id })
    notices.tell(sent, 'Sent again: one request of today’s budget.')
    if (sent.ok && sent.value.exchangeId !== null) onOpen(sent.value.exchangeId, 'explanation')
  }
  const entries: readonly MenuEntry[] = [
    { id: 'curl', name: 'Copy as cURL (bash)', act: () => void copy(copyAs('curl', exchange), copied) },
    {
      id: 'powershell',
      name: 'Copy as PowerShell',
      act: () => void copy(copyAs('powershell', exchange), copied),
    },
    { id: 'fetch', name: 'Copy as fetch', act: () => void copy(copyAs('fetch', exchange), copied) },
    { id: 'response', name: 'Copy the answer', act: () => void copy(exchange.responseBody?.text ?? '') },
    { id: 'all', name: 'Copy everything (JSON)', act: () => void copy(JSON.stringify(exchange, null, 2)) },
    { id: 'link', name: 'Copy link', act: () => void copy(linkOf(exchange.id)) },
    {
      id: 'compare',
      group: 'more',
      name: 'Keep for comparison',
      act: () => {
        onCompare(exchange.id)
        notices.done('Kept. Open another request and its part “Compare”.')
      },
    },
    { id: 'har', group: 'more', name: 'Save as HAR ...', act: () => onSave('har') },
    { id: 'report', group: 'more', name: 'Make a report ...', act: () => onSave('report') },
  ]
  return (
    <>
      {isRead && (
        <Button
          size="small"
          icon={<ArrowClockwise16Regular />}
          disabled={again.isBusy}
          title="Costs one request of the budget. It is marked as sent by a person."
          onClick={() => void send()}
        >
          Send again
        </Button>
      )}
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button size="small" icon={<Copy16Regular />}>
            Copy, save
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <Entries name="Copy and save" entries={entries} />
        </MenuPopover>
      </Menu>
    </>
  )
}

const copied = 'Copied. Put your own key where it says YOUR_SECRET.'
