/** The ways in which Halos differ, or were seen to; each can be switched for a test (apis.md §2.2 and §2.3). */
export type Quirks = {
  /** Lists as bare arrays, or under another key than the documents say. */
  listShape: 'keyed' | 'other-key' | 'bare'
  /** What a POST answers: all records, the first alone, the first in a list, or all under a key. */
  postAnswer: 'all' | 'first' | 'first-in-list' | 'keyed'
  /** `search` is taken and ignored. */
  ignoresSearch: boolean
  /** `page_no` and the others are ignored: every page is the same whole list. */
  ignoresPaging: boolean
  errorShape: ErrorShape
  /** POST /Report: answered, not allowed to this agent, unknown to this Halo. */
  reports: 'on' | 'forbidden' | 'broken'
  /** Columns that this Halo's database does not have yet. */
  lacksColumns: string[]
  /** Rows of lists without Commerce ids and without lines. */
  hasThinLists: boolean
  /** Lines that a posted quote leaves out stay. */
  keepsOmittedLines: boolean
  /** Of a batch with a bad record, what stands before it is kept. */
  keepsPartOfBatch: boolean
  /** Fields that this Halo's administrators made mandatory, by schema: property and label. */
  mandatory: { schema: string; property: string; label: string }[]
  /** Life of a token in seconds. */
  tokenSeconds: number
  /** Halo's clock against ours. */
  clockAheadMs: number
  /** The name that a hosted Halo wants with a token request; '' where none is needed. */
  tenant: string
  /** What /api/authinfo says; null: its own address; '' : it has no authinfo. */
  authUrl: string | null
  /** Paths that this agent may not use. */
  forbidden: { method: 'GET' | 'POST' | 'DELETE'; path: string }[]
  /** Paths whose POSTs end in an error of Halo's own. */
  broken: string[]
  /** Largest body. */
  maxBytes: number
  /** Paths whose next requests go wrong, one each. */
  trouble: Trouble[]
}

export type ErrorShape =
  | 'json-text'
  | 'message'
  | 'Message'
  | 'exception'
  | 'result-code'
  | 'oauth'
  | 'by-place'
  | 'problem'
  | 'errors'
  | 'text'

export type Trouble = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** How many of these requests pass before. */
  skip?: number
  /**
   * `lost-after`: Halo does it, and the answer is lost. `lost-before`: the line breaks first. `busy`: 429 with Retry-After. `down`: 503. `page`: a web
   * page with status 200. `page-502`: one with status 502. `no-token`: 401. `not-yet`: 401, the token is not valid yet.
   */
  readonly how:
    | 'lost-after'
    | 'lost-before'
    | 'busy'
    | 'down'
    | 'page'
    | 'page-502'
    | 'no-token'
    | 'not-yet'
    | 'half'
}

export const usualQuirks = (): Quirks => ({
  listShape: 'keyed',
  postAnswer: 'all',
  ignoresSearch: true,
  ignoresPaging: false,
  errorShape: 'json-text',
  reports: 'on',
  lacksColumns: [],
  hasThinLists: false,
  keepsOmittedLines: false,
  keepsPartOfBatch: true,
  mandatory: [],
  tokenSeconds: 3600,
  clockAheadMs: 0,
  tenant: '',
  authUrl: null,
  forbidden: [],
  broken: [],
  maxBytes: 28_000_000,
  trouble: [],
})
