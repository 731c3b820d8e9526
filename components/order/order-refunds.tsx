import type { ShownRefund } from '#lib/refunds/shown-refund.ts'
import { OrderRows } from './order-rows.tsx'

/** What goes back of an order, or went, in words and figures. */
export function OrderRefunds({ refunds, title }: { refunds: readonly ShownRefund[]; title: string }) {
  if (refunds.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      {refunds.map(({ refundNo, told, rows }) => (
        <div key={refundNo} className="order-refund">
          <p>{told.join(' ')}</p>
          <OrderRows rows={rows} />
        </div>
      ))}
    </section>
  )
}
