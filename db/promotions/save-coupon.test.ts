import { beforeAll, expect, test } from 'vitest'
import { type CouponCode, readCouponCode } from '#lib/domain/coupon-code.ts'
import { toFen } from '#lib/domain/money.ts'
import type { CouponInput } from '#lib/promotions/coupon-form.ts'
import { auditLog } from '../audit-log/schema.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db } from '../client.ts'
import { permitFor } from '../testing/permit-for.ts'
import { placeWithCode } from '../testing/sample-coupon.ts'
import { findCoupon, listCoupons } from './list-coupons.ts'
import { createCoupon, editCoupon, stopCoupon } from './save-coupon.ts'

const permit = permitFor('promotions.edit')
const SPRING = readCouponCode('spring') as CouponCode
const INPUT: CouponInput = {
  kind: 'fixed',
  percent: null,
  amount: toFen(100n),
  threshold: toFen(0n),
  startsAt: null,
  endsAt: null,
  usesAtMost: 5,
  usesPerCustomer: null,
  categories: [],
  pieces: [],
  note: '',
}

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

test('a coupon from its making to its end, each step in the audit log, a stale page refused', async () => {
  const made = await createCoupon(permit, SPRING, INPUT)
  if (!made.ok) throw new Error(made.error.code)
  const id = made.value
  expect(await createCoupon(permit, SPRING, INPUT)).toEqual({ ok: false, error: { code: 'code_taken' } })
  expect(await createCoupon(permit, SPRING, { ...INPUT, pieces: ['no-such-piece'] })).toEqual({
    ok: false,
    error: { code: 'unknown_pieces', slugs: ['no-such-piece'] },
  })
  await placeWithCode({ 'CPT-TC65-CEL': 1 }, 'SPRING', 'a@example.com')
  await placeWithCode({ 'CPT-TC65-CEL': 1 }, 'SPRING', 'b@example.com')
  const [listed] = (await listCoupons(permit, null)).coupons
  expect(listed).toMatchObject({ orders: 2, givenBack: 0, takenOffFen: '200' })

  const seen = { id, version: 1 }
  expect(await editCoupon(permit, seen, { ...INPUT, usesAtMost: 1 })).toEqual({
    ok: false,
    error: { code: 'below_uses' },
  })
  const twice = await Promise.all([1, 2].map(() => editCoupon(permit, seen, { ...INPUT, pieces: ['round-teapot'] })))
  expect(twice.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await stopCoupon(permit, seen, new Date())).toEqual({ ok: false, error: { code: 'changed_meanwhile' } })
  expect(await stopCoupon(permit, { id, version: 2 }, new Date())).toMatchObject({ ok: true })
  expect(await findCoupon(permit, id)).toMatchObject({ pieces: ['round-teapot'], coupon: { version: 3 } })
  const log = await db.select({ about: auditLog.aboutId, action: auditLog.action }).from(auditLog)
  expect(log).toEqual(Array.from({ length: 3 }, () => ({ about: 'SPRING', action: 'promotions.edit' })))
})
