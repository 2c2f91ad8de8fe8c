import type { Database } from 'better-sqlite3'
import { type LogoType, logoTypes } from '../model/mail/logo.ts'
import { olderTemplate, type Template } from '../model/mail/template.ts'
import type { Clock } from '../model/ports.ts'

export type Logo = { readonly type: LogoType; readonly data: Buffer; readonly updatedAt: string }

export type Templates = ReturnType<typeof templates>

/** How each tenant's quotes look when they are sent. Who changed it is in the audit trail. */
export function templates(db: Database, clock: Clock) {
  const now = (): string => new Date(clock.now()).toISOString()
  const get = db.prepare<[number], string>('SELECT template FROM mail_template WHERE tenant_id = ?').pluck()
  const put = db.prepare(
    'INSERT OR REPLACE INTO mail_template (tenant_id, template, updated_at) VALUES (?, ?, ?)',
  )
  const getLogo = db.prepare<[number], { type: string; data: Buffer; updatedAt: string }>(
    'SELECT type, data, updated_at AS updatedAt FROM mail_logo WHERE tenant_id = ?',
  )
  const putLogo = db.prepare(
    'INSERT OR REPLACE INTO mail_logo (tenant_id, type, data, updated_at) VALUES (?, ?, ?, ?)',
  )
  const dropLogo = db.prepare('DELETE FROM mail_logo WHERE tenant_id = ?')
  return {
    /** Null when none was made, or it can no longer be read: the default holds then. */
    get: (tenantId: number): Template | null => {
      const text = get.get(tenantId)
      return text === undefined ? null : olderTemplate(JSON.parse(text))
    },
    set: (tenantId: number, template: Template): void => {
      put.run(tenantId, JSON.stringify(template), now())
    },
    logo: (tenantId: number): Logo | null => {
      const row = getLogo.get(tenantId)
      const type = logoTypes.find((each) => each === row?.type)
      return row && type ? { ...row, type } : null
    },
    /** null: none any more. */
    setLogo: (tenantId: number, logo: Pick<Logo, 'type' | 'data'> | null): void => {
      if (logo) putLogo.run(tenantId, logo.type, logo.data, now())
      else dropLogo.run(tenantId)
    },
  }
}
