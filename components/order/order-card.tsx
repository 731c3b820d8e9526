import type { Route } from 'next'
import Link from 'next/link'
import { Photo } from '#components/catalog/photo.tsx'
import type { ShownListedOrder } from '#lib/orders/shown-order-list.ts'

/** An order in the list of them: its pieces first, as that is what one remembers. */
export function OrderCard({ order }: { order: ShownListedOrder }) {
  return (
    <article className="order-card">
      <div className="order-card-photos">
        {order.images.map((image) => (
          <Photo key={image} src={image} alt="" use="choice" />
        ))}
      </div>
      <div className="order-card-words">
        <h2>
          <Link href={order.href as Route} prefetch={false}>
            {order.status}
          </Link>
        </h2>
        <p>{order.pieces}</p>
        <p className="order-note">
          {order.number} · {order.placedAt}
        </p>
      </div>
      <p className="order-amount">{order.total}</p>
    </article>
  )
}
