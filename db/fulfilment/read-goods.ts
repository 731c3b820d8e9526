import 'server-only'
import { sql } from 'drizzle-orm'
import { REFUNDING_STATES } from '#lib/domain/after-sale-state.ts'
import type { LineForRequest } from '#lib/domain/decide-request.ts'
import type { DbOrTransaction } from '../client.ts'
import { textList } from '../columns.ts'

type Line = LineForRequest & {
  /** Units whose money went back or is promised, and that had left the house. */
  readonly paidBackSent: number
}
type Goods = {
  readonly lines: readonly Line[]
  readonly parcels: readonly { readonly delivered: boolean }[]
}

/** Where the units of an order are, line by line, and its parcels that count. Binding only under the order's lock. */
export async function readGoods(within: DbOrTransaction, orderId: string): Promise<Goods> {
  const [lines, parcels] = await Promise.all([
    within.execute<Line>(sql`
      select line.position, line.quantity as ordered, coalesce(sent.units, 0)::int as sent,
        coalesce(back.forgone, 0)::int as forgone, coalesce(back.came_back, 0)::int as "cameBack",
        coalesce(back.asked_back, 0)::int as "askedBack", coalesce(back.sent_asked, 0)::int as "sentAsked", coalesce(back.paid_back_sent, 0)::int as "paidBackSent"
      from order_lines as line
      left join lateral (
        select sum(quantity) as units from parcel_lines join parcels on parcels.id = parcel_id
        where parcel_lines.order_id = line.order_id and parcel_lines.position = line.position and undone_at is null
      ) as sent on true
      left join lateral (
        select sum(unsent) filter (where state in (${textList(REFUNDING_STATES)})) as forgone,
          sum(greatest(came_back, case when state in (${textList(REFUNDING_STATES)}) then quantity - unsent end))
            as paid_back_sent,
          sum(unsent) filter (where state in ('requested', 'approved')) as asked_back,
          sum(quantity - unsent) filter (where state not in ('declined', 'withdrawn')) as sent_asked, sum(came_back) as came_back
        from refund_lines join refund_requests on refund_requests.id = request_id
        where refund_lines.order_id = line.order_id and refund_lines.position = line.position
      ) as back on true
      where line.order_id = ${orderId} order by line.position`),
    within.execute<{ delivered: boolean }>(sql`
      select delivered_at is not null as delivered from parcels where order_id = ${orderId} and undone_at is null`),
  ])
  return { lines: [...lines], parcels: [...parcels] }
}
