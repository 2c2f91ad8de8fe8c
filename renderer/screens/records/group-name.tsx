import { Link } from 'wouter'
import { answered, api, useAskOnce } from '../../api.ts'

/** A product group by its name in Halo; its number while Halo has not answered. */
export function GroupName({ tenantId, groupId }: { tenantId: number; groupId: number | null }) {
  const { data } = useAskOnce(['groups.list', tenantId], async (signal) =>
    answered(await api.groups.list.query({ tenantId }, { signal })),
  )
  if (groupId === null)
    return <span title="Its category is not mapped">The default group, or where it is</span>
  const name = data?.find(({ id }) => id === groupId)?.name ?? `Group ${groupId}`
  return <Link href={`/products-by-group?tenant=${tenantId}&group=${groupId}`}>{name}</Link>
}
