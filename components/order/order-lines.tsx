import type { Route } from 'next'
import Link from 'next/link'
import { Photo } from '#components/catalog/photo.tsx'
import type { ShownOrderLine } from '#lib/checkout/shown-order.ts'

/** The pieces of an order as they were when it was placed. */
export function OrderLines({ lines }: { lines: readonly ShownOrderLine[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line.sku} className="order-line">
          <Photo src={line.image} alt="" use="choice" />
          <div>
            <h3>
              <Link href={line.href as Route} prefetch={false}>
                {line.name}
              </Link>
            </h3>
            <p className="order-note">{line.options}</p>
            <p className="order-note">{line.quantity}</p>
          </div>
          <p className="order-amount">{line.total}</p>
        </li>
      ))}
    </ul>
  )
}
