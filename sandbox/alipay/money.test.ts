import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { parseYuan } from '../money.ts'
import { openTestMerchant } from '../testing/test-merchant.ts'
import { openTestSandbox, removeTestFolders } from '../testing/test-sandbox.ts'

afterAll(removeTestFolders)

const fen = (yuan: string): bigint => {
  const value = parseYuan(yuan)
  if (value === null) throw new Error(yuan)
  return value
}

/** What a merchant and a buyer may ask in any order, over three orders. */
const step = fc.record({
  what: fc.constantFrom('pay', 'pay', 'refund', 'refund', 'refund', 'close', 'cancel', 'finish', 'hour'),
  order: fc.constantFrom('T1', 'T2', 'T3'),
  cents: fc.integer({ min: 1, max: 400 }),
  number: fc.constantFrom('A', 'B', 'C', 'D'),
})

test('whatever is asked in whatever order, no fen appears or vanishes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const sandbox = openTestSandbox()
      const merchant = openTestMerchant(sandbox)
      for (const { what, order, cents, number } of steps) {
        const out_trade_no = order
        if (what === 'pay') {
          const { headers } = await merchant.visit({ out_trade_no, total_amount: '3.33' })
          if (headers['location']) await sandbox.request('POST', `${headers['location']}/pay`)
        } else if (what === 'refund')
          await merchant.call('alipay.trade.refund', {
            out_trade_no,
            refund_amount: (cents / 100).toFixed(2),
            out_request_no: number,
          })
        else if (what === 'hour') await sandbox.pass(3_600_000)
        else if (what === 'finish') await sandbox.request('POST', `/api/alipay/trades/${order}/finish`)
        else await merchant.call(`alipay.trade.${what}`, { out_trade_no })
      }
      const book = JSON.parse((await sandbox.request('GET', '/api/book')).body.toString()).alipay
      const paid = book.trades.filter((trade: { paid_at: string | null }) => trade.paid_at !== null)
      const kept = paid.map((trade: { total: string; refunded: string }) => fen(trade.total) - fen(trade.refunded))
      const keptSum = kept.reduce((sum: bigint, one: bigint) => sum + one, 0n)
      const fees = kept.reduce((sum: bigint, one: bigint) => sum + feeOf(333n) - feeOf(333n - one), 0n)
      expect(fen(book.balances.buyer)).toBe(10_000_000_000n - keptSum)
      expect(fen(book.balances.seller)).toBe(keptSum - fees)
      for (const trade of book.trades) {
        const refunds = trade.refunds.map((refund: { amount: string }) => fen(refund.amount))
        expect(refunds.reduce((sum: bigint, one: bigint) => sum + one, 0n)).toBe(fen(trade.refunded))
        expect(fen(trade.refunded) <= fen(trade.total)).toBe(true)
      }
      sandbox.close()
    }),
    { numRuns: 25 },
  )
}, 60_000)

test('parts give back exactly the fee of the whole, which they would not each by itself', async () => {
  const sandbox = openTestSandbox()
  const merchant = openTestMerchant(sandbox)
  await merchant.pay('T1', '1.00')
  for (const number of ['A', 'B'])
    await merchant.call('alipay.trade.refund', { out_trade_no: 'T1', refund_amount: '0.50', out_request_no: number })
  const book = JSON.parse((await sandbox.request('GET', '/api/book')).body.toString()).alipay
  expect(book.balances).toEqual({ buyer: '100000000.00', seller: '0.00' })
  sandbox.close()
})

/** 0.60 %, half a fen upwards. */
const feeOf = (amount: bigint): bigint => (amount * 60n + 5_000n) / 10_000n
