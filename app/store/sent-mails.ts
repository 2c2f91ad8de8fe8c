import type { Database } from 'better-sqlite3'
import type { Fault } from '../model/fault.ts'
import type { SentMail, SentState } from '../model/mail/sent.ts'
import type { Clock } from '../model/ports.ts'

/** What is kept of a mail before it is handed over. */
type NewMail = Omit<SentMail, 'id' | 'at' | 'state' | 'answer' | 'refused' | 'fault' | 'bytes'> & {
  readonly token: string
  readonly pdf: Uint8Array
}

/** How it ended. `answer`: the server's last words; `refused`: receivers that it did not take. */
type MailEnd = Pick<SentMail, 'answer' | 'refused' | 'fault'> & {
  readonly state: Exclude<SentState, 'sending'>
}

export type SentMails = ReturnType<typeof sentMails>

const keptDays = 730
const keptBytes = 500_000_000
const biteRows = 50

type Raw = Omit<SentMail, 'receivers' | 'refused' | 'fault'> & {
  readonly receivers: string
  readonly refused: string
  readonly fault: string | null
}

/** Mails with a quote, and the very document that went with each. They go with age and with room. */
export function sentMails(db: Database, clock: Clock) {
  const insert = db.prepare(
    `INSERT INTO sent_mail (token, tenant_id, commerce_id, at, who, message_id, sender, receivers, subject, text, file_name, state, answer, refused, bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'sending', '', '[]', ?) ON CONFLICT (token) DO NOTHING`,
  )
  const keep = db.prepare('INSERT INTO sent_document (mail_id, tenant_id, pdf) VALUES (?, ?, ?)')
  const end = db.prepare('UPDATE sent_mail SET state = ?, answer = ?, refused = ?, fault = ? WHERE id = ?')
  const columns = `id, tenant_id AS tenantId, commerce_id AS commerceId, at, who, message_id AS messageId, sender, receivers, subject, text,
     file_name AS fileName, state, answer, refused, fault, bytes`
  const list = db.prepare<[number, number], Raw>(
    `SELECT ${columns} FROM sent_mail WHERE tenant_id = ? AND commerce_id = ? ORDER BY id DESC LIMIT 200`,
  )
  const one = db.prepare<[number], Raw>(`SELECT ${columns} FROM sent_mail WHERE id = ?`)
  const document = db.prepare<[number], Buffer>('SELECT pdf FROM sent_document WHERE mail_id = ?').pluck()
  const add = db.transaction((mail: NewMail): number | null => {
    const { token, tenantId, commerceId, who, messageId, sender, subject, text, fileName, pdf } = mail
    const at = new Date(clock.now()).toISOString()
    const receivers = JSON.stringify(mail.receivers)
    const added = insert.run(
      ...[
        token,
        tenantId,
        commerceId,
        at,
        who,
        messageId,
        sender,
        receivers,
        subject,
        text,
        fileName,
        pdf.length,
      ],
    )
    if (added.changes === 0) return null
    keep.run(added.lastInsertRowid, tenantId, pdf)
    return Number(added.lastInsertRowid)
  })
  return {
    /** The number of the mail that is about to be sent; null when this token was used before. */
    begin: (mail: NewMail): number | null => add.immediate(mail),
    end: (id: number, how: MailEnd): void => {
      end.run(how.state, how.answer, JSON.stringify(how.refused), how.fault && JSON.stringify(how.fault), id)
    },
    /** At a start: of what was under way when the program ended nobody knows whether it arrived. */
    settle: (fault: Fault): number =>
      db
        .prepare("UPDATE sent_mail SET state = 'unknown', fault = ? WHERE state = 'sending'")
        .run(JSON.stringify(fault)).changes,
    /** Newest first; 200 at most. */
    ofRecord: (tenantId: number, commerceId: number): readonly SentMail[] =>
      list.all(tenantId, commerceId).map(opened),
    get: (id: number): SentMail | null => {
      const row = one.get(id)
      return row ? opened(row) : null
    },
    pdf: (id: number): Buffer | null => document.get(id) ?? null,
    prune: pruning(db, clock),
  }
}

const opened = (row: Raw): SentMail => ({
  ...row,
  receivers: JSON.parse(row.receivers),
  refused: JSON.parse(row.refused),
  fault: row.fault === null ? null : JSON.parse(row.fault),
})

/** Forgets one bite of what is older than two years or beyond 500 MB of documents; call it again while it answers true. */
function pruning(db: Database, clock: Clock) {
  const old = db
    .prepare<[string], number>(`SELECT id FROM sent_mail WHERE at < ? ORDER BY id LIMIT ${biteRows}`)
    .pluck()
  const beyond = db
    .prepare<[number], number>(
      `SELECT id FROM (SELECT id, sum(bytes) OVER (ORDER BY id DESC) AS so_far FROM sent_mail)
       WHERE so_far > ? ORDER BY id LIMIT ${biteRows}`,
    )
    .pluck()
  const dropDocument = db.prepare('DELETE FROM sent_document WHERE mail_id = ?')
  const dropMail = db.prepare('DELETE FROM sent_mail WHERE id = ?')
  const drop = db.transaction((ids: readonly number[]): void => {
    for (const id of ids) {
      dropDocument.run(id)
      dropMail.run(id)
    }
  })
  return (mostBytes: number = keptBytes): boolean => {
    const aged = old.all(new Date(clock.now() - keptDays * 86_400_000).toISOString())
    const ids = aged.length > 0 ? aged : beyond.all(mostBytes)
    drop.immediate(ids)
    return ids.length > 0
  }
}
