import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db } from '#db/client.ts'
import { checkBooks } from '#db/testing/check-books.ts'
import { CRASH_POINTS } from '../crash-point.ts'
import type { RefundState } from '../payments/port.ts'
import { type LittleShop, openLittleShop, PIECES, SCENES } from './testing/little-shop.ts'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

/** One thing that shoppers, gateways, workers and bad luck do. Numbers pick an order or a trade, whatever there is. */
type Act = (shop: LittleShop) => Promise<unknown>
const pick = fc.nat(20)
const act: fc.Arbitrary<readonly [name: string, act: Act]> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.nat(2), fc.integer({ min: 1, max: 4 }))
      .map(
        ([piece, quantity]) =>
          [
            `place ${piece}×${quantity}`,
            (shop: LittleShop) => shop.place(PIECES[piece] ?? PIECES[0], quantity),
          ] as const,
      ),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(pick, fc.nat(1))
      .map(
        ([n, scene]) =>
          [`start ${n} ${scene}`, (shop: LittleShop) => shop.start(n, SCENES[scene] ?? SCENES[0])] as const,
      ),
  },
  { weight: 6, arbitrary: pick.map((n) => [`pay ${n}`, async (shop: LittleShop) => shop.pay(n)] as const) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(pick, fc.integer({ min: 1, max: 4 }))
      .map(([n, times]) => [`notify ${n}×${times}`, (shop: LittleShop) => shop.notify(n, times)] as const),
  },
  { weight: 1, arbitrary: pick.map((n) => [`forge ${n}`, (shop: LittleShop) => shop.forge(n)] as const) },
  { weight: 2, arbitrary: pick.map((n) => [`cancel ${n}`, (shop: LittleShop) => shop.cancel(n)] as const) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(6, 61, 700, 2000)
      .map((seconds) => [`wait ${seconds}`, (shop: LittleShop) => shop.wait(seconds)] as const),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(pick, pick)
      .map(([n, other]) => [`rush ${n} ${other}`, (shop: LittleShop) => shop.rush(n, other)] as const),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(pick, fc.constantFrom('unit', 'rest'))
      .map(([n, part]) => [`refund ${n} ${part}`, (shop: LittleShop) => shop.refund(n, part)] as const),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<RefundState>(
        { state: 'done', refundedAt: null },
        { state: 'pending' },
        { state: 'failed', providerCode: 'CLOSED' },
      )
      .map((state) => [`refunds ${state.state}`, async (shop: LittleShop) => shop.refundsWillBe(state)] as const),
  },
  { weight: 1, arbitrary: fc.constant(['resend', (shop: LittleShop) => shop.resendRefunds()] as const) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('before', 'after')
      .map((fault) => [`fault ${fault}`, async (shop: LittleShop) => shop.failNext(fault)] as const),
  },
  {
    weight: 3,
    arbitrary: fc
      .nat(3)
      .map((countdown) => [`crash in ${countdown}`, async (shop: LittleShop) => shop.crashAfter(countdown)] as const),
  },
)

test('whatever shoppers, gateways and crashes do, the books are right and nobody keeps money that is not owed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 40 }), async (story) => {
      const shop = await openLittleShop()
      for (const [, happen] of story) await happen(shop)
      await shop.comeToRest()
      expect({
        story: story.map(([name]) => name),
        broken: [...(await checkBooks()), ...(await shop.compareWithGateway())],
      }).toMatchObject({ broken: [] })
    }),
    { numRuns: 15, endOnFailure: true },
  )
}, 120_000)

test.each(CRASH_POINTS)('a crash at %s loses and doubles nothing', async (point) => {
  const shop = await openLittleShop()
  const died = await shop.buyWithCrashAt(point)
  expect(died).toBe(true)
  await shop.comeToRest()
  expect([...(await checkBooks()), ...(await shop.compareWithGateway())]).toEqual([])
})
