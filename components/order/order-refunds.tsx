import type { ShownRefund } from '#lib/refunds/shown-refund.ts'
import { OrderRows } from './order-rows.tsx'

/** What goes back of an order, or went, in words and figures. */
export function OrderRefunds({ refunds, title }: { refunds: readonly ShownRefund[]; title: string }) {
  if (refunds.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      {refunds.map(({ refundNo, text, rows }) => (
        <div key={refundNo} className="order-refund">
          <p>{text}</p>
          <OrderRows rows={rows} />
        </div>
      ))}
    </section>
  )
}
