import 'server-only'
import { sql as text } from 'drizzle-orm'
import type { CouponCode } from '#lib/domain/coupon-code.ts'
import type { Coupon, CouponUses } from '#lib/domain/judge-coupon.ts'
import { db } from '../client.ts'
import { asCoupon } from './as-coupon.ts'
import { coupons } from './schema.ts'

export type ReadCoupon = {
  readonly id: number
  readonly version: number
  readonly coupon: Coupon
  readonly uses: CouponUses
  /** Of the variants that were asked about, those that it covers. */
  readonly covers: ReadonlySet<number>
}

const byCode = db
  .select({
    row: coupons,
    covers: text<number[]>`coalesce((
      select json_agg(variants.id)
      from json_array_elements_text(${text.placeholder('variants')}::text::json) as wanted
      join variants on variants.id = wanted.value::int
      join products on products.id = variants.product_id
      where coupons.category_ids is null and coupons.product_ids is null
        or products.id = any (coupons.product_ids) or products.category_id = any (coupons.category_ids)
    ), '[]')`,
    byCustomer: text<number>`coalesce((
      select max(coupon_customers.uses) from coupon_customers
      where coupon_customers.coupon_id = coupons.id and customer in (
        select value from json_array_elements_text(${text.placeholder('customers')}::text::json))
    ), 0)`,
  })
  .from(coupons)
  .where(text`${coupons.code} = ${text.placeholder('code')}`)
  .prepare('read_coupon')

/** The coupon of a code with all that decides whether it applies to these variants and this customer. Null for none. */
export async function readCoupon(
  code: CouponCode,
  { variants, customers }: { readonly variants: readonly number[]; readonly customers: readonly string[] },
): Promise<ReadCoupon | null> {
  const [found] = await byCode.execute({
    code,
    variants: JSON.stringify(variants),
    customers: JSON.stringify(customers),
  })
  if (!found) return null
  const { row, covers, byCustomer } = found
  return {
    id: row.id,
    version: row.version,
    coupon: asCoupon(row),
    uses: { all: row.uses, byCustomer },
    covers: new Set(covers),
  }
}
