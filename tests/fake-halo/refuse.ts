import type { ErrorShape } from './quirks.ts'

/** Why Halo does not take a record. */
export class Refusal extends Error {
  readonly status: number
  /** Place of the record in what was posted. */
  index = 0
  readonly property: string
  constructor(message: string, property = '', status = 400) {
    super(message)
    this.status = status
    this.property = property
  }
}

/** A refusal in each of the shapes that were met (apis.md §2.3). */
export function refusalBody({ message, index, property }: Refusal, shape: ErrorShape): string {
  const json = (value: unknown): string => JSON.stringify(value)
  switch (shape) {
    case 'json-text':
      return json(message)
    case 'message':
      return json({ message })
    case 'Message':
      return json({ Message: message })
    case 'exception':
      return json({
        ClassName: 'System.Exception',
        Message: message,
        Data: null,
        StackTraceString: `   at Halo.Api.Post()\r\n${'   at Halo.Frame()\r\n'.repeat(200)}`,
      })
    case 'result-code':
      return json({ resultCode: 3, errorMessage: message })
    case 'oauth':
      return json({ error: 'invalid_request', error_description: message })
    case 'by-place':
      return json({ [`[${index}].${property || 'id'}`]: [message] })
    case 'problem':
      return json({
        type: 'https://tools.ietf.org/html/rfc7231#section-6.5.1',
        title: 'One or more validation errors occurred.',
        status: 400,
        errors: { [`[${index}].${property || 'id'}`]: [message] },
      })
    case 'errors':
      return json({ errors: [message] })
    case 'text':
      return message
  }
}
