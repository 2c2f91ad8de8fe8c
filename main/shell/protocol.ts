import type { Handler } from '../api/handler.ts'
import { textAnswer } from '../api/text-answer.ts'
import type { ElectronParts } from './electron.ts'
import { isOurPage, pageOrigin, pageScheme } from './links.ts'

/** Before Electron is ready: app:// is a scheme with origins, as safe as https; no service workers, no CORS, CSP holds. */
export function registerScheme(protocol: ElectronParts['protocol']): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: pageScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

/** Answers app:// with the handler that serves the screens and the API. */
export function serveScheme(protocol: ElectronParts['protocol'], handler: Handler): void {
  protocol.handle(pageScheme, ownPageOnly(handler))
}

/**
 * Lets in what our own page asks, and nothing else. Chromium names the asking page in Origin and Sec-Fetch-Site where it sends them;
 * a request without either can only be of a page in our session, and guards.ts lets none but ours in there.
 */
export function ownPageOnly(handler: Handler): Handler {
  return async (request) => {
    if (!isOurPage(request.url)) return textAnswer(421, 'This name is not served here.')
    if (!['GET', 'HEAD', 'POST'].includes(request.method)) {
      return textAnswer(405, 'Only GET, HEAD and POST are answered here.', { allow: 'GET, HEAD, POST' })
    }
    const origin = request.headers.get('origin')
    const site = request.headers.get('sec-fetch-site')
    if ((origin !== null && origin !== pageOrigin) || site === 'cross-site' || site === 'same-site') {
      return textAnswer(403, 'Requests from other pages are not answered here.')
    }
    if (request.method === 'POST' && !request.headers.get('content-type')?.startsWith('application/json')) {
      return textAnswer(415, 'The body must be JSON.')
    }
    return handler(request)
  }
}
