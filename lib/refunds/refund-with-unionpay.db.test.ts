import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { requestRefund } from '#db/refunds/request-refund.ts'
import { refunds } from '#db/refunds/schema.ts'
import { placePaid } from '#db/testing/paid-order.ts'
import { setStock } from '#db/testing/sample-order.ts'
import { receiveNotification } from '../checkout/receive-notification.ts'
import { addDays } from '../domain/shanghai-time.ts'
import { type Received, startGateway } from '../payments/testing/gateway-double.ts'
import { createUnionpay } from '../payments/unionpay/provider.ts'
import {
  clientFor,
  paidNotice,
  QUERY_ID,
  signAnswer,
  signForm,
  type Values,
} from '../payments/unionpay/testing/unionpay-double.ts'
import { pursueRefund } from './pursue-refund.ts'

const CUP = 'CPT-TC65-CEL'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await sql`truncate orders, stock_movements cascade`
  await sql`delete from pgboss.job`
  await setStock(CUP, 100)
})

/** The next day at so-and-so late in Shanghai, so that nothing is over yet. */
const tomorrowAt = (time: string) =>
  new Date(
    `${addDays(new Date(Date.now() + 8 * 3_600_000), 1)
      .toISOString()
      .slice(0, 10)}T${time}+08:00`,
  )

/** A paid order of which all goes back, asked for at `requestedAt`, and the gateway's book of refunds and cancels. */
async function wholeRefund(paidAt: Date, requestedAt: Date) {
  const order = await placePaid({ [CUP]: 1 }, 'unionpay', paidAt)
  const wish = { by: 'amount', amount: order.paid } as const
  const asked = await requestRefund(
    { requestId: randomUUID(), orderId: order.orderId, wish, actor: 'staff:mei', cause: 'staff', reason: 'chipped' },
    requestedAt,
  )
  if (!asked.ok) throw new Error(asked.error.code)
  const find = async () => {
    const [refund] = await db.select().from(refunds).where(eq(refunds.attemptId, order.attemptId))
    if (!refund) throw new Error('no refund')
    return refund
  }
  return { ...order, find, refund: await find() }
}

/** Takes cancels and refunds, and knows what it took. @param refuses what it answers a type with. */
function createBook(refuses: Values = {}) {
  const taken = new Map<string, string>()
  const answer = ({ body }: Received) => {
    const [type = '', order = ''] = [body.get('txnType') ?? '', body.get('orderId') ?? '']
    const known = taken.has(order)
    if (type === '00') return known ? { respCode: '00', origRespCode: '05', queryId: QUERY_ID } : { respCode: '34' }
    if (known) return { respCode: '12' }
    const refusal = refuses[type]
    if (refusal !== undefined) return { respCode: refusal }
    taken.set(order, type)
    return { respCode: '00' }
  }
  return { taken, script: (received: Received) => ({ body: signAnswer(new Map(received.body), answer(received)) }) }
}

const connect = (gatewayUrl: string) => {
  const provider = createUnionpay({ client: clientFor({ gatewayUrl, clock: () => new Date() }), certificates: [] })
  return { provider, providers: new Map([['unionpay', provider]] as const) }
}

test.each<[string, string, string, Values, readonly string[]]>([
  ['before 23:00 it is cancelled', '22:50:00', '22:59:00', {}, ['31']],
  ['after 23:00 it is refunded', '22:50:00', '23:01:00', {}, ['04']],
  ['when the cancel is refused it is refunded', '22:50:00', '22:59:59', { '31': '35' }, ['04']],
])('paid at ten to eleven, and given back the same evening: %s', async (_name, paidAt, requestedAt, refuses, types) => {
  const order = await wholeRefund(tomorrowAt(paidAt), tomorrowAt(requestedAt))
  const book = createBook(refuses)
  await using gateway = await startGateway(book.script)
  const { provider, providers } = connect(gateway.origin)
  await pursueRefund(providers, order.refund.id, tomorrowAt(requestedAt))
  expect((await order.find()).state, 'accepted is not arrived').toBe('processing')
  expect([...book.taken.values()]).toEqual(types)

  const [[number = '', txnType = ''] = []] = book.taken
  const notice = signForm(
    paidNotice({
      txnType,
      orderId: number,
      queryId: '782611211730000740299',
      origQryId: QUERY_ID,
      txnAmt: String(order.paid),
      reqReserved: order.outTradeNo,
    }),
  )
  const answers = [1, 2].map(() => receiveNotification(provider, { headers: new Headers(), body: notice }))
  for (const answer of await Promise.all(answers)) expect(answer.status).toBe(200)
  expect((await order.find()).state).toBe('succeeded')
  expect(await sql`select from incidents`).toHaveLength(0)
})

test('an answer is lost and the process dies: the same number is asked about and nothing goes out twice', async () => {
  const order = await wholeRefund(tomorrowAt('12:00:00'), tomorrowAt('12:05:00'))
  const book = createBook()
  await using gateway = await startGateway((received) => ({
    ...book.script(received),
    hangUp: received.body.get('txnType') !== '00' && book.taken.size < 3,
  }))
  const { providers } = connect(gateway.origin)
  await pursueRefund(providers, order.refund.id, tomorrowAt('12:05:01'))
  const { nextCheckAt } = await order.find()
  await pursueRefund(providers, order.refund.id, nextCheckAt ?? new Date())
  expect([...book.taken]).toEqual([[`${order.refund.refundNo}C`, '31']])
  expect((await order.find()).state).toBe('processing')
})
