import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { entities } from '../../app/model/tenant.ts'
import { template } from '../../app/sheets/template.ts'
import type { HarChoice } from '../inspector/har-stream.ts'
import { choiceSchema } from './inspector.ts'
import type { EnginePort } from './port.ts'
import { textAnswer } from './text-answer.ts'

const idsSchema = z.string().transform((text) => text.split(',').map(Number))

/**
 * Files of the inspector to save: `/download/requests.har` and `/download/report.zip`, with `ids=1,2` or `q=FILTER` and `upTo`, and `blur=1` for one without
 * names and e-mail addresses. An archive is streamed: entry by entry, as fast as it is taken.
 */
export async function download(engine: EnginePort, request: Request): Promise<Response> {
  if (request.method !== 'GET') return textAnswer(405, 'Only GET is answered here.', { allow: 'GET' })
  const url = new URL(request.url)
  const { pathname, searchParams } = url
  if (pathname.startsWith('/download/import-')) return importFile(engine, url)
  if (pathname.startsWith('/download/sent-')) return mailFile(engine, url)
  const choice = choiceIn(searchParams)
  if (!choice) return textAnswer(400, 'This address does not say which requests are wanted.')
  const blur = searchParams.get('blur') === '1'
  if (pathname === '/download/requests.har') {
    return file(streamOf(engine.inspector.har(choice, blur)), 'application/json', 'requests.har', engine)
  }
  if (pathname === '/download/report.zip') {
    return file(await engine.inspector.report(choice, blur), 'application/zip', 'report.zip', engine)
  }
  return textAnswer(404, 'There is nothing at this address.')
}

function choiceIn(params: URLSearchParams): HarChoice | null {
  const ids = idsSchema.safeParse(params.get('ids') ?? '')
  const upTo = params.get('upTo')
  const given = params.has('ids')
    ? { ids: ids.data }
    : { q: params.get('q') ?? '', ...(upTo === null ? {} : { upTo: Number(upTo) }) }
  const read = choiceSchema.safeParse(given)
  return read.success ? read.data : null
}

function file(
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>,
  type: string,
  name: string,
  { status }: EnginePort,
): Response {
  const day = new Date().toISOString().slice(0, 10)
  const whole = `commerce-integrator-${status.get().version}-${day}-${name}`
  return new Response(body, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${whole}"` },
  })
}

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** `/download/import-template.xlsx?entity=quotes` (with `&tenant=` also the custom fields of its Halo), and `/download/import-failed.xlsx?id=` for the records that an import could not write. */
async function importFile({ imports }: EnginePort, { pathname, searchParams }: URL): Promise<Response> {
  if (pathname === '/download/import-template.xlsx') {
    const entity = z.enum(entities).safeParse(searchParams.get('entity'))
    if (!entity.success)
      return textAnswer(400, 'This address does not say which records the template is for.')
    const tenant = z.coerce
      .number()
      .int()
      .min(1)
      .safeParse(searchParams.get('tenant') ?? undefined)
    const custom = await imports.templateFields(entity.data, tenant.success ? tenant.data : null)
    return attached(new Uint8Array(await template(entity.data, custom)), `${entity.data}-template.xlsx`)
  }
  const made = await imports.failed(searchParams.get('id') ?? '')
  if (!made.ok) return textAnswer(404, 'There is no such import.')
  const { file: path, name } = made.value
  return attached(Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>, name)
}

const attached = (
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>,
  name: string,
  type = workbook,
): Response =>
  new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  })

/** `/download/sent-quote.pdf?id=`: the very document that went with a mail. `/download/sent-logo?tenant=`: the picture in a tenant's template. */
function mailFile({ mail }: EnginePort, { pathname, searchParams }: URL): Response {
  if (pathname === '/download/sent-logo') {
    const logo = mail.logo(Number(searchParams.get('tenant')))
    if (!logo) return textAnswer(404, 'There is no logo.')
    return new Response(new Uint8Array(logo.data), { headers: { 'content-type': logo.type } })
  }
  const found = pathname === '/download/sent-quote.pdf' ? mail.pdf(Number(searchParams.get('id'))) : null
  return found
    ? attached(new Uint8Array(found.data), found.name, 'application/pdf')
    : textAnswer(404, 'There is no such document.')
}

/** Pieces as they are asked for: a slow reader holds nothing in memory but the piece in hand. */
function streamOf(pieces: Iterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const each = pieces[Symbol.iterator]()
  return new ReadableStream({
    pull: (controller) => {
      const next = each.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
    cancel: () => void each.return?.(),
  })
}
