import { readOptionNames } from '#db/catalog/read-option-names.ts'
import type { OrderView } from '#db/orders/find-order.ts'
import { listAttempts } from '#db/payments/list-attempts.ts'
import { listRefunds } from '#db/refunds/list-refunds.ts'
import { readShopRules } from '#db/settings/read-shop-rules.ts'
import { drawDocument } from '#lib/documents/draw-document.ts'
import { DOCUMENT_KINDS, hasDocuments, orderDocument } from '#lib/documents/order-document.ts'
import { sellerLines } from '#lib/domain/shop-contact.ts'
import { env } from '#lib/env.ts'
import { contactOf } from '#lib/shop-rules.ts'

/** An invoice or a receipt as PDF. 404 where there is no such order, no such paper, or nothing was paid yet. */
export async function answerDocument(order: OrderView | null, asked: string): Promise<Response> {
  const kind = DOCUMENT_KINDS.find((known) => known === asked)
  if (!order || !kind || !hasDocuments(order)) return new Response(null, { status: 404 })
  const [attempts, refunds, rules, optionNames] = await Promise.all([
    listAttempts(order.id),
    listRefunds(order.id),
    readShopRules(),
    readOptionNames(order.locale),
  ])
  const seller = sellerLines(contactOf(rules), env.SELLER)
  const document = orderDocument(kind, order, { attempts, refunds, optionNames, seller, now: new Date() })
  return new Response(await drawDocument(document), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${document.name}.pdf"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
