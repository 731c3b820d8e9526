import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import type { PlaceOrder } from '../../db/orders/order-input.ts'
import { requestRefund } from '../../db/refunds/request-refund.ts'
import { resendRefund } from '../../db/refunds/resend-refund.ts'
import type { RefundWish } from '../../lib/domain/decide-refund.ts'
import { addFen, sumFen, timesFen, toFen } from '../../lib/domain/money.ts'
import type { Act, RefundWishKind } from '../story/act.ts'

/** Asks for money back, by everybody at once. @returns what each was told. */
export async function giveBack(
  orderId: string,
  order: PlaceOrder,
  { wish, people, clicks }: Extract<Act, { kind: 'refund' }>,
): Promise<string> {
  const asked = Array.from({ length: people }, (_, person) => ({
    requestId: randomUUID(),
    orderId,
    wish: wishFor(order, wish),
    actor: `staff:${person}`,
    cause: 'staff' as const,
    reason: 'simulated',
  }))
  const answers = await Promise.all(
    asked.flatMap((request) => Array.from({ length: clicks }, () => requestRefund(request))),
  )
  return answers.map((answer) => (answer.ok ? `${answer.value.amount}` : answer.error.code)).join()
}

function wishFor({ lines, shipping }: PlaceOrder, kind: RefundWishKind): RefundWish {
  switch (kind) {
    case 'first_line':
      return { by: 'lines', lines: [{ position: 0, quantity: 1 }], shipping: toFen(0n), restock: true }
    case 'sixty_percent': {
      const goods = sumFen(lines.map(({ priceSeen, quantity }) => timesFen(priceSeen, quantity)))
      return { by: 'amount', amount: toFen((addFen(goods, shipping.feeSeen) * 6n) / 10n) }
    }
    case 'everything': {
      const all = lines.map(({ quantity }, position) => ({ position, quantity }))
      return { by: 'lines', lines: all, shipping: shipping.feeSeen, restock: true }
    }
  }
}

/** What staff do in the end: every refund that failed is sent again. @returns how many. */
export async function resendFailed(sql: postgres.Sql): Promise<number> {
  const failed = await sql<{ id: string }[]>`select id from refund_requests where state = 'approved' order by id`
  for (const { id } of failed) await resendRefund(id, { actor: 'staff:0' })
  return failed.length
}
