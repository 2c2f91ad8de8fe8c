import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import type { LogoType } from '../../app/model/mail/logo.ts'
import { defaultTemplate, type Template } from '../../app/model/mail/template.ts'
import type { Store } from '../../app/store/open.ts'
import { readLogo } from './logo.ts'

export type TemplateView = {
  readonly template: Template
  /** Nobody has changed it yet. */
  readonly isDefault: boolean
  readonly logo: { readonly type: LogoType; readonly bytes: number; readonly updatedAt: string } | null
}

/** How each tenant's quotes look; every change is in the audit trail. */
export type TemplateDesk = {
  /** Null: no such tenant. */
  template(tenantId: number): TemplateView | null
  setTemplate(tenantId: number, template: Template): Result<null>
  /** A picture's bytes; null: none any more. Fault: input-invalid (field "logo") for what is no picture to draw. */
  setLogo(tenantId: number, data: Buffer | null): Result<null>
  /** A tenant's logo as it is kept. */
  logo(tenantId: number): { readonly type: LogoType; readonly data: Buffer } | null
}

type Parts = { readonly store: Store; readonly who: string; readonly onChange: () => void }

export function createTemplateDesk({ store, who, onChange }: Parts): TemplateDesk {
  const unknown = (id: number): Result<never> => fail(fault('tenant-unknown', { facts: { id } }))
  const noted = (tenantId: number, what: string, before: unknown, after: unknown): Result<null> => {
    store.audit.add({ who, what, tenantId, before, after })
    onChange()
    return ok(null)
  }
  const logoFacts = (tenantId: number): TemplateView['logo'] => {
    const logo = store.templates.logo(tenantId)
    return logo && { type: logo.type, bytes: logo.data.length, updatedAt: logo.updatedAt }
  }
  return {
    template: (tenantId) => {
      if (!store.tenants.get(tenantId)) return null
      const kept = store.templates.get(tenantId)
      return { template: kept ?? defaultTemplate, isDefault: kept === null, logo: logoFacts(tenantId) }
    },
    setTemplate: (tenantId, template) => {
      if (!store.tenants.get(tenantId)) return unknown(tenantId)
      const before = store.templates.get(tenantId)
      store.templates.set(tenantId, template)
      return noted(tenantId, 'sending template changed', { template: before }, { template })
    },
    setLogo: (tenantId, data) => {
      if (!store.tenants.get(tenantId)) return unknown(tenantId)
      const read = data === null ? ok(null) : readLogo(data)
      if (!read.ok) return read
      const before = logoFacts(tenantId)
      store.templates.setLogo(tenantId, read.value)
      return noted(tenantId, 'logo changed', { logo: before }, { logo: logoFacts(tenantId) })
    },
    logo: store.templates.logo,
  }
}
