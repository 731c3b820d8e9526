import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { db, sql } from '#db/client.ts'
import { orders } from '#db/orders/schema.ts'
import { findAttempt } from '#db/payments/find-attempt.ts'
import { settleAttempt } from '#db/payments/settle-attempt.ts'
import { listDifferences } from '#db/reconciliation/list-differences.ts'
import { requestRefund } from '#db/refunds/request-refund.ts'
import { refunds } from '#db/refunds/schema.ts'
import { settleRefund } from '#db/refunds/settle-refund.ts'
import { fillOpenAttempts } from '#db/testing/fill-open-attempts.ts'
import { toFen } from '../domain/money.ts'
import type { OrderNumber } from '../domain/order-number.ts'
import type { DifferenceKind } from '../domain/reconciliation.ts'
import { addDays, toShanghaiDay } from '../domain/shanghai-time.ts'
import type { Payment, PaymentProvider, ProviderName } from '../payments/port.ts'
import { pursueRefund } from '../refunds/pursue-refund.ts'
import { reconcileDay } from './reconcile-day.ts'
import { settleByRule } from './settle-by-rule.ts'
import { editBill } from './testing/edit-bill.ts'
import { type RunningGateways, startGateways } from './testing/running-gateways.ts'

// Real bills of the three gateways, with 25 differences of each kind between them and our book: planted there, here, or
// in the file itself. Every one must be found, and nothing else.

const OF_EACH = 25
const BILLED = 100
const GIVEN_BACK = 100n
const PLANTS = {
  agrees: null,
  foreign: 'missing_here',
  unknown: 'missing_here',
  unbilled: 'missing_there',
  amount: 'amount',
  fee: 'fee',
  trade: 'status',
  order: 'status',
  late: 'late',
  doubled: 'doubled',
  garbled: 'unreadable',
} as const satisfies Record<string, DifferenceKind | null>
type Plant = keyof typeof PLANTS

/** 25 of each plant, and of each kind of refund. A row that cannot be read is also one that the bill has not got. */
const EXPECTED: Record<DifferenceKind, number> = {
  missing_here: 3 * OF_EACH,
  missing_there: 3 * OF_EACH,
  amount: OF_EACH,
  fee: OF_EACH,
  status: 3 * OF_EACH,
  late: OF_EACH,
  doubled: OF_EACH,
  unreadable: OF_EACH,
}

let gateways: RunningGateways
const today = toShanghaiDay(addDays(new Date(), 1))
const tomorrow = toShanghaiDay(addDays(new Date(), 2))

beforeAll(async () => {
  gateways = await startGateways()
}, 60_000)
afterAll(() => gateways.stop())

const numbersOf = (plant: Plant) =>
  Array.from({ length: plant === 'agrees' ? BILLED : OF_EACH }, (_, n) => `${plant.toUpperCase()}${1e6 + n}`)
const plants = Object.keys(PLANTS) as Plant[]
const amountOf = (outTradeNo: string) => toFen(1_000n + BigInt(outTradeNo.slice(-4)) * 37n)

/** A trade that the gateway has, told to us as it would be, or with a lie in it. */
async function hearOf(provider: PaymentProvider, plant: Plant, outTradeNo: string, startedAt: Date): Promise<void> {
  const trade = plant === 'unbilled' ? null : await provider.query({ outTradeNo, startedAt })
  const invented: Payment = {
    eventId: `paid:${outTradeNo}`,
    providerTradeNo: `no-${outTradeNo}`,
    amount: amountOf(outTradeNo),
    currency: 'CNY',
    paidAt: startedAt,
    refundable: true,
  }
  if (trade && !(trade.ok && trade.value.state === 'paid')) throw new Error(`${outTradeNo} is not paid`)
  const payment = trade?.ok && trade.value.state === 'paid' ? trade.value.payment : invented
  const told = {
    ...payment,
    ...(plant === 'amount' && { amount: toFen(payment.amount - 1n) }),
    ...(plant === 'trade' && { providerTradeNo: invented.providerTradeNo }),
    ...(plant === 'late' && { paidAt: addDays(payment.paidAt, -1) }),
  }
  await settleAttempt({ provider: provider.name, outTradeNo, payment: told, source: 'notify' })
}

async function trade(provider: PaymentProvider): Promise<void> {
  const startedAt = new Date(Math.floor(gateways.now().getTime() / 1000) * 1000)
  for (const plant of plants) {
    const numbers = numbersOf(plant)
    const ours = numbers.map((outTradeNo) => ({
      outTradeNo,
      startedAt,
      amount: amountOf(outTradeNo) - (plant === 'amount' ? 1n : 0n),
    }))
    if (plant !== 'foreign') await fillOpenAttempts(provider.name, ours)
    for (const outTradeNo of numbers) {
      if (plant !== 'unbilled') await gateways.pay(provider, { outTradeNo, amount: amountOf(outTradeNo), startedAt })
      if (plant !== 'foreign' && plant !== 'unknown') await hearOf(provider, plant, outTradeNo, startedAt)
    }
  }
  await sql`update orders set state = 'pending_payment' where number like 'ORDER%'`
}

/** What becomes of the first hundred payments, 25 each: given back by both, by the gateway alone, unheard of, by us alone. */
async function giveBack(provider: PaymentProvider): Promise<string[]> {
  const numbers = numbersOf('agrees')
  const [both, strange, unheard, invented] = [0, 1, 2, 3].map((n) => numbers.slice(n * OF_EACH, (n + 1) * OF_EACH))
  const here = await Promise.all([both, unheard, invented].map((some) => Promise.all((some ?? []).map(promise))))
  const [given = [], ignored = [], imagined = []] = here
  for (const refund of given) await pursueRefund(gateways.providers, refund.id, gateways.now())
  for (const refund of ignored) await sendUnheard(provider, refund)
  for (const outTradeNo of strange ?? []) {
    await sendUnheard(provider, { outTradeNo, refundNo: `${outTradeNo}X1`, requestedAt: gateways.now() })
  }
  for (const { id } of imagined) {
    const report = { event: 'succeeded', refundedAt: gateways.now(), amount: null } as const
    await settleRefund({ refundId: id, report, source: 'notify', now: gateways.now() })
  }
  return given.map(({ id }) => id)
}

/** A refund that we promise and have not sent. */
async function promise(outTradeNo: string) {
  const [order] = await db
    .select({ id: orders.id })
    .from(orders)
    .where(eq(orders.number, outTradeNo as OrderNumber))
  if (!order) throw new Error(`${outTradeNo} is no order`)
  const wish = { by: 'lines', lines: [], shipping: toFen(GIVEN_BACK), restock: false } as const
  const requestId = randomUUID()
  const asked = await requestRefund(
    { requestId, orderId: order.id, wish, actor: 'staff:test', cause: 'staff', reason: null },
    gateways.now(),
  )
  if (!asked.ok) throw new Error(asked.error.code)
  const [refund] = await db.select().from(refunds).where(eq(refunds.requestId, requestId))
  if (!refund) throw new Error('the refund is gone')
  return { ...refund, outTradeNo }
}

/** A refund that the gateway is asked for and nobody here hears of. */
async function sendUnheard(
  provider: PaymentProvider,
  refund: { readonly outTradeNo: string; readonly refundNo: string; readonly requestedAt: Date },
): Promise<void> {
  const paid = await findAttempt({ provider: provider.name, outTradeNo: refund.outTradeNo })
  if (!paid?.providerTradeNo || !paid.paidAt) throw new Error(`${refund.outTradeNo} is not paid`)
  const { startedAt, providerTradeNo, paidAt, amountFen: paidAmount } = paid
  const { outTradeNo, refundNo, requestedAt } = refund
  const told = { outTradeNo, refundNo, requestedAt, startedAt, providerTradeNo, paidAt, paidAmount }
  const sent = await provider.refund({ ...told, amount: toFen(GIVEN_BACK), reason: 'test' })
  if (!sent.ok) throw new Error(JSON.stringify(sent.error))
}

/** The same provider, but for what somebody did to the file on its way. */
const withForgedBill = (provider: PaymentProvider): PaymentProvider => ({
  ...provider,
  downloadBill: async (day, path) => {
    const fetched = await provider.downloadBill(day, path)
    if (fetched.ok && fetched.value === 'kept')
      await editBill(provider.name, path, (rows, format) =>
        rows.flatMap((row) => {
          const number = format.numberOf(row)
          if (number.startsWith('FEE')) return [format.dearer(row, 2)]
          if (number.startsWith('GARBLED')) return [format.garbled(row)]
          return number.startsWith('DOUBLED') ? [row, row] : [row]
        }),
      )
    return fetched
  },
})

describe.each<ProviderName>(['alipay', 'wechatpay', 'unionpay'])('%s', (name) => {
  const ofDay = { provider: name, day: today }
  const reconcile = (provider: PaymentProvider, from: 'provider' | 'kept' = 'provider') =>
    reconcileDay({ provider, day: today, from, feeBasisPoints: 60 }, gateways.now())
  const provider = () => {
    const found = gateways.providers.get(name)
    if (!found) throw new Error(`${name} is not set up`)
    return found
  }
  const summary = async () =>
    (await listDifferences(ofDay)).map(({ finding, subject, state }) => `${finding} ${subject} ${state}`)

  beforeAll(async () => {
    await sql`truncate orders, bill_days, bill_files, bill_lines cascade`
    await gateways.setTime(today, 12)
    await trade(provider())
    const given = await giveBack(provider())
    // Gateways that take their time over a refund are done by then.
    await gateways.setTime(today, 14)
    await gateways.setTime(tomorrow, 11)
    for (const id of given) await pursueRefund(gateways.providers, id, gateways.now())
    expect(await reconcile(withForgedBill(provider()))).toEqual({ ok: true, value: 'matched' })
  }, 180_000)

  test('every planted difference is found, and no other', async () => {
    const found = await listDifferences(ofDay)
    const kinds = Map.groupBy(found, ({ kind }) => kind)
    expect(Object.fromEntries([...kinds].map(([kind, rows]) => [kind, rows.length]))).toEqual(EXPECTED)
    for (const plant of ['foreign', 'unknown', 'unbilled', 'amount', 'fee', 'trade', 'order', 'late'] as const) {
      const subjects = found.filter(({ kind }) => kind === PLANTS[plant]).map(({ subject }) => subject)
      expect(subjects).toEqual(expect.arrayContaining(numbersOf(plant)))
    }
  })

  test('what the provider kept is in the ledger, once', async () => {
    await reconcile(withForgedBill(provider()))
    const [fees] = await sql`
      select sum(amount_fen) filter (where account = 'fees')::text as booked, count(*)::int as entries,
        (select fees_fen::text from bill_days where provider = ${name}) as billed
      from ledger_entries join journals on journals.id = journal_id where kind in ('fee', 'fee_returned')`
    expect(fees).toMatchObject({ entries: 2, booked: fees?.['billed'] })
    expect(Number(fees?.['billed'])).toBeGreaterThan(0)
  })

  test('the kept bill is what came, and says the same again', async () => {
    const before = await summary()
    expect(await reconcile(provider(), 'kept')).toEqual({ ok: true, value: 'matched' })
    expect(await summary()).toEqual(before)
  })

  describe('a bill that cannot be believed is refused whole, kept and reported', () => {
    const spoil = (how: (bytes: Buffer) => Buffer): PaymentProvider => ({
      ...provider(),
      downloadBill: async (day, path) => {
        const fetched = await provider().downloadBill(day, path)
        await writeFile(path, how(await readFile(path)))
        return fetched
      },
    })
    const cut = (bytes: Buffer) => bytes.subarray(0, -40)
    const altered = (bytes: Buffer) => bytes.with(Math.floor(bytes.length / 2), (bytes.at(bytes.length / 2) ?? 0) ^ 1)
    const withFault = async (kind: string) => {
      await gateways.control('/faults', { gateway: name, point: 'bill', kind, times: 1 })
      return provider()
    }
    test.each<[what: string, spoilt: () => PaymentProvider | Promise<PaymentProvider>]>([
      ['empty', () => spoil(() => Buffer.alloc(0))],
      ['cut', () => spoil(cut)],
      ['altered', () => spoil((bytes) => Buffer.from(altered(bytes)))],
      ['cut by the gateway', () => withFault('cut')],
      ['of another merchant', () => withFault('other_merchant')],
    ])('%s', async (_, spoilt) => {
      const [before, files] = [await summary(), await countRefused()]
      expect(await reconcile(await spoilt())).toMatchObject({ ok: false, error: { code: 'refused' } })
      expect(await summary()).toEqual(before)
      expect(await countRefused()).toBe(files + 1)
    })
    const countRefused = async () => {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from bill_files where verdict = 'corrupt' and reason is not null`
      return row?.count ?? 0
    }
  })

  test('the provider’s answer settles what it can, once', async () => {
    // Payments that we had not heard of, and refunds that had arrived.
    expect(await settleByRule(gateways.providers, gateways.now())).toBe(2 * OF_EACH)
    expect(await settleByRule(gateways.providers, gateways.now())).toBe(0)
    const [heard] = await sql`
      select count(*) filter (where outcome = 'captured')::int as payments,
        count(*) filter (where outcome = 'refunded')::int as refunds
      from payment_events where source = 'bill'`
    expect(heard).toEqual({ payments: OF_EACH, refunds: OF_EACH })
  })
})
