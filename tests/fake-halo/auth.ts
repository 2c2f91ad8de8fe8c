import { randomUUID } from 'node:crypto'
import type { Hall } from './index.ts'

type Answer = {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** /api/authinfo and /auth/token; null for anything else. */
export function answerOAuth(hall: Hall, url: URL, text: string): Answer | null {
  const { quirks } = hall
  if (url.pathname.toLowerCase() === '/api/authinfo') {
    if (quirks.authUrl === '') return { status: 404, body: '' }
    const authUrl = quirks.authUrl ?? `${hall.origin}/auth`
    return {
      status: 200,
      body: JSON.stringify({ auth_url: authUrl, tenant_id: quirks.tenant, name: 'Halo' }),
    }
  }
  if (url.pathname !== '/auth/token') return null
  const form = new URLSearchParams(text)
  hall.logins.push(form)
  const refused = (error: string, description: string, status = 400): Answer => ({
    status,
    body: JSON.stringify({ error, error_description: description }),
  })
  if (form.get('grant_type') !== 'client_credentials')
    return refused('unsupported_grant_type', 'Grant type is not supported.')
  if (quirks.tenant !== '' && url.searchParams.get('tenant') !== quirks.tenant)
    return refused('invalid_tenant', 'The tenant does not exist.')
  if (form.get('client_id') !== hall.clientId || form.get('client_secret') !== hall.secret) {
    return refused('invalid_client', 'The client credentials are invalid.', 401)
  }
  if (form.get('scope') !== 'all') return refused('invalid_scope', 'The scope is not allowed.')
  const token = `fake-${randomUUID()}`
  hall.tokens.set(token, Date.now() + quirks.tokenSeconds * 1000)
  return {
    status: 200,
    body: JSON.stringify({
      access_token: token,
      token_type: 'Bearer',
      expires_in: quirks.tokenSeconds,
      scope: 'all',
    }),
  }
}
