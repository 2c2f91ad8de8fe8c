import { Button } from '@fluentui/react-components'
import {
  ArrowSync16Regular,
  CheckmarkCircle16Filled,
  ErrorCircle16Filled,
  QuestionCircle16Regular,
  Send16Regular,
  Send24Regular,
  Warning16Filled,
} from '@fluentui/react-icons'
import { type ReactNode, useState } from 'react'
import type { SentMail, SentState } from '../../../app/model/mail/sent.ts'
import { api, useAsk } from '../../api.ts'
import { Empty, Skeleton } from '../../ui/empty.tsx'
import { Mark, type Tone } from '../../ui/mark.tsx'
import { Facts } from '../../ui/page.tsx'
import plain from '../../ui/plain-table.module.css'
import { Time } from '../../ui/time.tsx'
import { Trouble, Unanswered } from '../../ui/trouble.tsx'
import css from './send-quote.module.css'
import { SendQuote } from './send-quote.tsx'

type SentPartProps = { readonly tenantId: number; readonly quoteId: number; readonly title: string }

/** The mails that went out with a quote, or were to. */
export function SentPart({ tenantId, quoteId, title }: SentPartProps) {
  const { data, error, refetch } = useAsk(['mail.sent', tenantId, quoteId], (signal) =>
    api.mail.sent.query({ tenantId, quoteId }, { signal }),
  )
  const [again, setAgain] = useState<SentMail | null>(null)
  if (error && !data) return <Unanswered error={error} again={() => void refetch()} />
  if (!data) return <Skeleton lines={4} />
  if (data.length === 0)
    return (
      <Empty icon={<Send24Regular />} title="It was not sent from here">
        Its menu of actions has "Send by mail…".
      </Empty>
    )
  return (
    <div className={css.sent}>
      <div className={plain.frame}>
        <table className={plain.table} aria-label="Mails with this quote">
          <thead>
            <tr>
              <th scope="col">State</th>
              <th scope="col">When</th>
              <th scope="col">To</th>
              <th scope="col">Subject</th>
              <th scope="col">Document</th>
            </tr>
          </thead>
          <tbody>
            {data.map((mail) => (
              <SentRow key={mail.id} mail={mail} onAgain={() => setAgain(mail)} />
            ))}
          </tbody>
        </table>
      </div>
      {again && (
        <SendQuote
          quote={{ tenantId, commerceId: quoteId, title }}
          again={{
            ...{ subject: again.subject, text: again.text },
            ...{ to: again.receivers.to.join(', '), cc: again.receivers.cc.join(', ') },
          }}
          onClose={() => setAgain(null)}
        />
      )}
    </div>
  )
}

const looks: Record<SentState, { readonly tone: Tone; readonly icon: ReactNode; readonly word: string }> = {
  sent: { tone: 'good', icon: <CheckmarkCircle16Filled />, word: 'Sent' },
  sending: { tone: 'busy', icon: <ArrowSync16Regular />, word: 'Being sent' },
  failed: { tone: 'needs', icon: <ErrorCircle16Filled />, word: 'Not sent' },
  unknown: { tone: 'heals', icon: <QuestionCircle16Regular />, word: 'Not known' },
}

function SentMark({ mail }: { readonly mail: SentMail }) {
  const { word, ...look } = looks[mail.state]
  if (mail.refused.length === 0) return <Mark {...look}>{word}</Mark>
  return (
    <Mark tone="heals" icon={<Warning16Filled />}>
      Sent in part
    </Mark>
  )
}

function SentRow({ mail, onAgain }: { readonly mail: SentMail; readonly onAgain: () => void }) {
  const { receivers, fileName, id } = mail
  return (
    <tr>
      <td>
        <SentMark mail={mail} />
      </td>
      <td>
        <Time at={mail.at} />
      </td>
      <td className={plain.wrap}>{[...receivers.to, ...receivers.cc].join(', ')}</td>
      <td className={plain.wrap}>
        <details>
          <summary>{mail.subject}</summary>
          <Detail mail={mail} />
        </details>
      </td>
      <td>
        <div className={css.acts}>
          <a href={`/download/sent-quote.pdf?id=${id}`} download={fileName}>
            {fileName}
          </a>
          <Button size="small" icon={<Send16Regular />} onClick={onAgain}>
            Send again…
          </Button>
        </div>
      </td>
    </tr>
  )
}

function Detail({ mail }: { readonly mail: SentMail }) {
  const { receivers, sender, who, messageId, answer, refused, fault, text } = mail
  const facts: readonly (readonly [string, string])[] = [
    ['From', sender],
    ['Hidden copy to', receivers.bcc.join(', ')],
    ['Sent by', who === 'person' ? 'A person at this program' : who],
    ['Not taken for', refused.join(', ')],
    ["The server's answer", answer],
    ['Message-ID', messageId],
  ]
  return (
    <div className={css.detail}>
      {fault && <Trouble fault={fault} tone={mail.state === 'unknown' ? 'heals' : 'needs'} />}
      <Facts facts={facts.filter(([, value]) => value !== '')} />
      <pre className={css.words}>{text}</pre>
    </div>
  )
}
