import { Button } from '@fluentui/react-components'
import { Dismiss16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Exchange } from '../../../app/model/exchange.ts'
import { Time } from '../../ui/time.tsx'
import { StatusMark } from '../requests/status-mark.tsx'
import css from './detail.module.css'
import { ExplanationTab } from './explanation-tab.tsx'
import { RequestTab, ResponseTab } from './message-tab.tsx'
import { TimingTab } from './timing-tab.tsx'
import { tabWords } from './words.ts'

const tabs = ['explanation', 'request', 'response', 'timing'] as const

/** One request of a file: what can be told of it without the program that recorded it. */
export function FileDetail({ exchange, onClose }: { exchange: Exchange; onClose: () => void }) {
  const [tab, setTab] = useState<(typeof tabs)[number]>('explanation')
  return (
    <section className={css.pane} aria-label={`Request ${exchange.id}`}>
      <header className={css.head}>
        <div className={css.line}>
          <h2 className={css.title}>
            {exchange.method} {exchange.url}
          </h2>
          <Button
            size="small"
            appearance="subtle"
            icon={<Dismiss16Regular />}
            aria-label="Close details"
            onClick={onClose}
          />
        </div>
        <div className={css.line}>
          <StatusMark exchange={exchange} />
          <span className="quiet">
            <Time at={exchange.startedAt} />
          </span>
        </div>
        <nav aria-label="Parts of this request" className={css.tabs}>
          {tabs.map((each) => (
            <button
              key={each}
              type="button"
              className={css.tab}
              aria-current={each === tab ? 'page' : undefined}
              onClick={() => setTab(each)}
            >
              {tabWords[each]}
            </button>
          ))}
        </nav>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <section className={css.body} tabIndex={0} aria-label={tabWords[tab]}>
        {tab === 'explanation' && (
          <ExplanationTab exchange={exchange} onResponse={() => setTab('response')} />
        )}
        {tab === 'request' && <RequestTab exchange={exchange} />}
        {tab === 'response' && <ResponseTab exchange={exchange} />}
        {tab === 'timing' && <TimingTab exchange={exchange} />}
      </section>
    </section>
  )
}
