import { Button, DialogActions, DialogContent } from '@fluentui/react-components'
import { Open16Regular } from '@fluentui/react-icons'
import { Link } from 'wouter'
import { Time } from '../../ui/time.tsx'
import { actor } from './actor.ts'
import css from './create-order.module.css'
import type { OrderStart } from './order-draft.ts'

/** A way to the order in Halo, where it has an address. */
export const InHalo = ({ page, haloId }: { page: string; haloId: number }) =>
  page === '' ? (
    <>number {haloId} in Halo</>
  ) : (
    <a href={page} target="_blank" rel="noopener noreferrer">
      number {haloId} in Halo <Open16Regular aria-hidden="true" />
    </a>
  )

const CloseButton = ({ onClose }: { onClose: () => void }) => (
  // What had the focus went with the form, and Escape is heard from within alone.
  <Button autoFocus appearance="primary" onClick={onClose}>
    Close
  </Button>
)

/** It is there. What becomes of it, and how it is taken back. */
export function OrderMade({
  made,
  onClose,
}: {
  made: { readonly haloId: number; readonly page: string }
  onClose: () => void
}) {
  return (
    <>
      <DialogContent className={css.said}>
        <p role="status">
          <strong>
            The sales order is <InHalo {...made} />.
          </strong>
        </p>
        <p>
          Datto Commerce was not told. When it makes an order of this quote itself, the next sync puts that
          into this one: there will be no second.
        </p>
        <p className="quiet">
          To take it back, delete order {made.haloId} in Halo. After that the quote can be ordered anew.
        </p>
      </DialogContent>
      <DialogActions>
        <CloseButton onClose={onClose} />
      </DialogActions>
    </>
  )
}

type CommerceProps = {
  readonly tenantId: number
  readonly order: NonNullable<OrderStart['commerceOrder']>
  readonly onClose: () => void
}

/** Commerce's own order is the one that counts: a second one beside it is not made. */
export function CommerceHasIt({ tenantId, order, onClose }: CommerceProps) {
  return (
    <>
      <DialogContent className={css.said}>
        {order.isInHalo ? (
          <p>
            Datto Commerce has made an order of this quote itself, and it is in Halo:{' '}
            <Link href={`/sales-orders/${tenantId}/${order.commerceId}`}>{order.label}</Link>. A second one is
            not made.
          </p>
        ) : (
          <>
            <p>
              Datto Commerce has made an order of this quote itself ({order.label}), so none is made here. It
              is not in Halo yet: the next sync brings it when its status is one of those chosen to be
              imported.
            </p>
            <p>
              <Link href={`/tenants/${tenantId}/orders`}>Which sales orders are imported</Link>
            </p>
          </>
        )}
      </DialogContent>
      <DialogActions>
        <CloseButton onClose={onClose} />
      </DialogActions>
    </>
  )
}

/** Orders that the quote has in Halo, before another one is made. */
export function OrdersThere({ orders }: { orders: OrderStart['orders'] }) {
  return (
    <ul className={css.there}>
      {orders.map((order) => (
        <li key={order.haloId}>
          {order.title || 'Sales order'}, <InHalo page={order.page} haloId={order.haloId} />
          {order.made && (
            <>
              , made here by {actor(order.made.who)} <Time at={order.made.madeAt} />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
