/** A status that a person gave a quote in Halo. It holds until Commerce's own status of that quote is another one. */
export type StatusChoice = {
  readonly quoteId: number
  /** LOOKUP 39, and its name when it was chosen. */
  readonly haloStatus: number
  readonly name: string
  /** What Commerce said when it was chosen; -1: nothing. */
  readonly commerceStatus: number
  /** UTC ISO. */
  readonly chosenAt: string
  readonly who: string
}
