import { Button, Field, Input, Textarea } from '@fluentui/react-components'
import { useRef, useState } from 'react'
import { explain } from '../../../../app/model/fault-words.ts'
import { type LogoType, logoLimitBytes, logoTypes } from '../../../../app/model/mail/logo.ts'
import { api, queries, useCommand } from '../../../api.ts'
import { bytes } from '../../../ui/format.ts'
import { useNotices } from '../../../ui/notices.tsx'
import type { TemplateFieldsProps } from '../sending-tab.tsx'
import css from './sending.module.css'
import { told } from './told.ts'

type Logo = { readonly type: LogoType; readonly bytes: number; readonly updatedAt: string } | null
type BrandingProps = TemplateFieldsProps & { readonly tenantId: number; readonly logo: Logo }

/** Who the quote is from, as its receiver sees it. */
export function BrandingFields({ draft, wrong, onChange, tenantId, logo }: BrandingProps) {
  return (
    <div className={css.fields}>
      <LogoField tenantId={tenantId} logo={logo} />
      <Field label="Name of your company" {...told(wrong.company)}>
        <Input value={draft.company} onChange={(_, { value }) => onChange({ company: value })} />
      </Field>
      <Field label="Address" hint="Also telephone, mail, web: one a line." {...told(wrong.address)}>
        <Textarea
          value={draft.address}
          rows={4}
          resize="vertical"
          onChange={(_, { value }) => onChange({ address: value })}
        />
      </Field>
      <Field label="Colour of headings and rules" {...told(wrong.colour)}>
        <div className={css.colour}>
          <input
            type="color"
            aria-label="Choose a colour"
            value={/^#[0-9a-f]{6}$/i.test(draft.colour) ? draft.colour : '#000000'}
            onChange={(event) => onChange({ colour: event.target.value })}
          />
          <Input
            value={draft.colour}
            aria-label="Colour of headings and rules"
            onChange={(_, { value }) => onChange({ colour: value.trim() })}
          />
        </div>
      </Field>
      <Field label="Foot of each page" hint="Registration, tax number, bank." {...told(wrong.footer)}>
        <Textarea
          value={draft.footer}
          rows={2}
          resize="vertical"
          onChange={(_, { value }) => onChange({ footer: value })}
        />
      </Field>
    </div>
  )
}

function LogoField({ tenantId, logo }: { readonly tenantId: number; readonly logo: Logo }) {
  const notices = useNotices()
  const file = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const { run, isBusy } = useCommand((data: string | null) => api.mail.setLogo.mutate({ tenantId, data }))
  const keep = async (data: string | null): Promise<void> => {
    const kept = await run(data)
    setProblem(kept.ok ? undefined : explain(kept.fault).what)
    if (!kept.ok) return
    notices.done(data === null ? 'The logo is gone.' : 'The logo is kept.')
    await queries.invalidateQueries({ queryKey: ['mail.template', tenantId] })
  }
  const onFile = async (chosen: File): Promise<void> => {
    if (chosen.size > logoLimitBytes)
      return setProblem(`This file has ${bytes(chosen.size)}; at most ${bytes(logoLimitBytes)} are taken.`)
    await keep(await base64Of(chosen))
  }
  return (
    <Field
      label="Logo"
      hint={`PNG or JPEG, at most ${bytes(logoLimitBytes)}. It is kept at once.`}
      {...told(problem)}
    >
      <div className={css.logo}>
        {logo && (
          <img
            className={css.picture}
            src={`/download/sent-logo?tenant=${tenantId}&at=${encodeURIComponent(logo.updatedAt)}`}
            alt="The logo"
          />
        )}
        <Button size="small" disabled={isBusy} onClick={() => file.current?.click()}>
          {logo ? 'Choose another' : 'Choose a picture'}
        </Button>
        {logo && (
          <Button size="small" disabled={isBusy} onClick={() => void keep(null)}>
            Remove
          </Button>
        )}
        <input
          ref={file}
          type="file"
          accept={logoTypes.join(',')}
          aria-label="Picture of the logo"
          hidden
          onChange={(event) => {
            const [chosen] = event.target.files ?? []
            event.target.value = ''
            if (chosen) void onFile(chosen)
          }}
        />
      </div>
    </Field>
  )
}

async function base64Of(file: File): Promise<string> {
  const all = new Uint8Array(await file.arrayBuffer())
  let text = ''
  // A call takes only so many arguments.
  for (let at = 0; at < all.length; at += 8_192) text += String.fromCharCode(...all.subarray(at, at + 8_192))
  return btoa(text)
}
