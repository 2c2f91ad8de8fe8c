/**
 * What Halo's own integration keeps of one connection to Commerce (its table DattoCommerceDetails, apis.md §2.5 and §3.2), raw: what it
 * means here is `proposalOf`'s to say. null: Halo says nothing about it.
 */
export type HaloConnection = {
  /** DattoCommerceDetails.DCDid. */
  readonly haloTenantId: number
  readonly url: string
  readonly isEnabled: boolean
  readonly defaultGroup: number | null
  readonly createItems: boolean | null
  readonly setProductSupplier: boolean | null
  /** Statuses of sales orders to import, as Halo keeps them: numbers somewhere in a text ("2,3"). */
  readonly orderStatuses: string | null
  /** Rows of IntegrationFieldMapping: customer fields and quote statuses alike; other integrations' rows too where Halo keeps no owner. */
  readonly mappings: readonly HaloMappingRow[]
  /** Product groups linked to Commerce categories (ExternalLink). */
  readonly groups: readonly HaloGroupLink[]
}

/** IntegrationFieldMapping; API names: fiid, name, thirdpartyname, xmvalue, msid, typeid, newrecords or dontupdate, populateemptyvalue. */
export type HaloMappingRow = {
  readonly haloId: number
  readonly haloName: string
  readonly commerceName: string
  /** A fixed value; '' when the value comes from Commerce. */
  readonly value: string
  /** Halo's number of the integration that the row belongs to. Commerce's is not public. */
  readonly module: number
  readonly type: number
  readonly onlyNew: boolean
  /** Whether an empty Commerce value empties Halo's. */
  readonly clearsWhenEmpty: boolean
}

export type HaloGroupLink = {
  readonly groupId: number
  /** Commerce's category id, as text. */
  readonly categoryId: string
  /** The category's name when the link was made; '' when Halo has none. */
  readonly categoryName: string
}
