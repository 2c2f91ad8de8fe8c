import type { Fault } from '../fault.ts'

/** sending: handed over at this moment. unknown: the whole mail was handed over, and no answer came. */
export type SentState = 'sending' | 'sent' | 'failed' | 'unknown'

/** A mail with a quote, as it is kept. Times are UTC ISO. */
export type SentMail = {
  readonly id: number
  readonly tenantId: number
  readonly commerceId: number
  readonly at: string
  readonly who: string
  readonly messageId: string
  /** "Name <a@b.example>". */
  readonly sender: string
  readonly receivers: {
    readonly to: readonly string[]
    readonly cc: readonly string[]
    readonly bcc: readonly string[]
  }
  readonly subject: string
  readonly text: string
  /** Of the document that went with it. */
  readonly fileName: string
  readonly state: SentState
  /** The server's last words; '' when it said none. */
  readonly answer: string
  /** Receivers that the server did not take, while it took others. */
  readonly refused: readonly string[]
  readonly fault: Fault | null
  /** Of the document. */
  readonly bytes: number
}
