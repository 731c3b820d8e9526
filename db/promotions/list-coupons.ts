import 'server-only'
import { desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { products } from '../catalog/schema.ts'
import { db } from '../client.ts'
import { coupons } from './schema.ts'

export const COUPONS_PER_PAGE = 50

/** What the orders that hold a coupon have been given by it, and how many gave it back. */
const figures = {
  orders: sql<number>`(select count(*)::int from coupon_uses where coupon_id = coupons.id and given_back_at is null)`,
  givenBack: sql<number>`(select count(*)::int from coupon_uses where coupon_id = coupons.id and given_back_at is not null)`,
  takenOffFen: sql<string>`(select coalesce(sum(discount_fen + shipping_fen), 0)::text from coupon_uses
    where coupon_id = coupons.id and given_back_at is null)`,
}

export type ListedCoupon = Awaited<ReturnType<typeof listCoupons>>['coupons'][number]

/** Coupons, the newest first, with their use. @param before the id that the page before ended with. */
export async function listCoupons(_permit: Permit<'promotions.edit'>, before: number | null) {
  const rows = await db
    .select({ coupon: coupons, ...figures })
    .from(coupons)
    .where(before === null ? undefined : lt(coupons.id, before))
    .orderBy(desc(coupons.id))
    .limit(COUPONS_PER_PAGE + 1)
  const page = rows.slice(0, COUPONS_PER_PAGE)
  return { coupons: page, next: rows.length > COUPONS_PER_PAGE ? (page.at(-1)?.coupon.id ?? null) : null }
}

/** One coupon with its use and the slugs of its pieces. Null for one that is not there. */
export async function findCoupon(_permit: Permit<'promotions.edit'>, id: number) {
  const [found] = await db
    .select({ coupon: coupons, ...figures })
    .from(coupons)
    .where(eq(coupons.id, id))
  if (!found) return null
  const ids = found.coupon.productIds ?? []
  const pieces =
    ids.length === 0 ? [] : await db.select({ slug: products.slug }).from(products).where(inArray(products.id, ids))
  return { ...found, pieces: pieces.map(({ slug }) => slug) }
}
