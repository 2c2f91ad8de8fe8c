/** What can be wrong with a row when Halo is asked about it: found anew whenever it is asked again. */
export type HaloProblemCode =
  | 'unknown-customer'
  | 'several-customers'
  | 'unknown-group'
  | 'unknown-halo-id'
  | 'several-records'
  | 'unknown-product'
  | 'unknown-quote'
  | 'unknown-tax'
  | 'unknown-rate'
  | 'unknown-currency'
  | 'unknown-status'
  | 'several-groups'
  | 'several-products'
  | 'several-quotes'
  | 'status-unmapped'
  | 'same-in-halo'
  | 'there-left'
  | 'there-updated'
  | 'there-filled'

/** A note only tells. */
export type Severity = 'error' | 'warning' | 'note'

/** What is wrong, in one sentence. `label`: what the field is called; `value`: what stands there; `other`: another row that is meant. */
export type ProblemSentence = (
  label: string,
  problem: { readonly value: string; readonly other: number | null },
  more: WordFacts,
) => string
/** What the field allows. */
export type WordFacts = { readonly most: number | null; readonly words: readonly string[] }

export const haloSeverities: Readonly<Record<HaloProblemCode, Severity>> = {
  'unknown-customer': 'error',
  'several-customers': 'error',
  'unknown-group': 'error',
  'unknown-halo-id': 'error',
  'several-records': 'error',
  'unknown-product': 'warning',
  'unknown-quote': 'warning',
  'unknown-tax': 'error',
  'unknown-rate': 'warning',
  'unknown-currency': 'error',
  'unknown-status': 'error',
  'several-groups': 'error',
  'several-products': 'warning',
  'several-quotes': 'warning',
  'status-unmapped': 'warning',
  'same-in-halo': 'error',
  'there-left': 'note',
  'there-updated': 'note',
  'there-filled': 'note',
}

/** By code: `haloSeverities` names them all. */
export const isHaloProblem = (code: string): code is HaloProblemCode => Object.hasOwn(haloSeverities, code)

export const haloProblemWords: Readonly<
  Record<HaloProblemCode, { readonly what: ProblemSentence; readonly doNow: string }>
> = {
  'unknown-customer': {
    what: (_, { value }) => `Halo has no customer "${value}".`,
    doNow: 'Import the customers first, correct the name, or say for all such rows which customer it is.',
  },
  'several-customers': {
    what: (_, { value }) => `Halo has more than one customer "${value}".`,
    doNow: 'Use the account number or the Halo id in this column, and say so in the step before.',
  },
  'unknown-group': {
    what: (_, { value }) => `Halo has no product group "${value}".`,
    doNow: 'Make the group under Products by group, correct the name, or empty it for the default group.',
  },
  'unknown-halo-id': {
    what: (_, { value }) => `Halo has no record with the id ${value}.`,
    doNow: 'Correct the id, or empty it to tell the record by its number or name.',
  },
  'several-records': {
    what: (label, { value }) => `Halo has more than one record with this ${label.toLowerCase()} (${value}).`,
    doNow: 'Give the Halo id of the one that is meant, or choose another way to tell records apart.',
  },
  'unknown-product': {
    what: (_, { value }) => `Halo has no product "${value}"; the line will belong to none.`,
    doNow: 'Nothing, or import the products first.',
  },
  'unknown-quote': {
    what: (_, { value }) => `Halo has no quote "${value}"; the order will come from none.`,
    doNow: 'Nothing, or import the quotes first.',
  },
  'unknown-tax': {
    what: (_, { value }) => `Halo has no tax "${value}".`,
    doNow: "Correct the name, or empty it for Halo's usual tax.",
  },
  'unknown-currency': {
    what: (_, { value }) => `Halo has no currency "${value}".`,
    doNow: "Correct the code, or empty it for Halo's usual currency.",
  },
  'unknown-rate': {
    what: (_, { value }) => `Halo has no tax of ${value} %; the line keeps its rate all the same.`,
    doNow: 'Nothing, or correct the rate.',
  },
  'unknown-status': {
    what: (_, { value }) => `Halo does not have the status that the tenant's mapping gives for "${value}".`,
    doNow: "Choose another one in the tenant's mapping, or correct the status here.",
  },
  'several-groups': {
    what: (_, { value }) => `Halo has more than one product group "${value}".`,
    doNow: 'Write # and the Halo id of the one that is meant, or empty it for the default group.',
  },
  'several-products': {
    what: (_, { value }) => `Halo has more than one product "${value}"; the oldest is taken.`,
    doNow: 'Nothing, or write # and the Halo id of the one that is meant.',
  },
  'several-quotes': {
    what: (_, { value }) => `Halo has more than one quote "${value}"; the order will come from none.`,
    doNow: 'Nothing, or write # and the Halo id of the one that is meant.',
  },
  'status-unmapped': {
    what: (_, { value }) =>
      `The tenant's mapping gives no Halo status for "${value}"; Halo's status is left as it is.`,
    doNow: "Nothing, or choose one in the tenant's mapping.",
  },
  'same-in-halo': {
    what: (label, { value, other }) =>
      `"${label}" "${value}" is the very record of Halo that row ${other ?? '?'} is, too.`,
    doNow: 'Leave out one of the two, or say by its Halo id which record is meant.',
  },
  'there-left': {
    what: () => 'The record is in Halo already: it will be left as it is.',
    doNow: 'Nothing. In the step of the preview it can be updated or filled up instead.',
  },
  'there-updated': {
    what: () => 'The record is in Halo already: it will be updated.',
    doNow: 'Nothing. The preview shows every change, field by field.',
  },
  'there-filled': {
    what: () => 'The record is in Halo already: what is empty there will be filled.',
    doNow: 'Nothing. The preview shows every change, field by field.',
  },
}

/** "Did you mean ..." for a value that Halo does not have; '' where nothing is like it. */
export const meantWords = (near: readonly string[] | undefined): string =>
  near && near.length > 0 ? ` Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?` : ''
