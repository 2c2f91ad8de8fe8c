import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { download } from './downloads.ts'
import type { EnginePort } from './port.ts'
import { apiRouter } from './router.ts'
import { screenFiles } from './screens.ts'
import { textAnswer } from './text-answer.ts'

export type Handler = (request: Request) => Promise<Response>

type HandlerParts = {
  readonly engine: EnginePort
  /** Folder of the built UI (out/renderer). */
  readonly screens: string
  /** Told about every bug (a throw inside a procedure); it logs it. Secrets never get this far. */
  readonly onBug: (error: unknown, path: string) => void
}

/**
 * Nothing but our own files may run, be shown, or be asked for; nobody may frame us. Griffel (Fluent UI) makes empty style elements
 * and fills them through CSSOM, which the policy does not govern: so the one inline style allowed is the empty one, by its hash.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const guards: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/**
 * The one door in, for Electron's protocol and for loopback HTTP alike: /api/* is the typed API, everything else is the built UI.
 * Every answer carries the security headers; a throw becomes a plain 500 and is reported to `onBug`.
 */
export function createHandler({ engine, screens, onBug }: HandlerParts): Handler {
  const files = screenFiles(screens)
  const answer = (request: Request, path: string): Promise<Response> | Response => {
    if (path.startsWith('/download/')) return download(engine, request)
    if (path !== '/api' && !path.startsWith('/api/')) return files(request, path)
    return fetchRequestHandler({
      endpoint: '/api',
      req: request,
      router: apiRouter,
      createContext: () => ({ engine }),
      allowBatching: false,
      onError: ({ error, path: procedure }) => {
        if (error.code === 'INTERNAL_SERVER_ERROR') onBug(error.cause ?? error, procedure ?? path)
      },
    })
  }
  return async (request) => {
    const path = new URL(request.url).pathname
    try {
      return guarded(await answer(request, path))
    } catch (error) {
      onBug(error, path)
      return guarded(textAnswer(500, 'Something went wrong inside the program. The log says more.'))
    }
  }
}

function guarded(response: Response): Response {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(guards)) headers.set(name, value)
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  return new Response(response.body, { status: response.status, headers })
}
