import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { CouponCode } from '#lib/domain/coupon-code.ts'
import { COUPON_KINDS } from '#lib/domain/judge-coupon.ts'
import { fen, instant, isOneOf } from '../columns.ts'
import { orders } from '../orders/schema.ts'

/**
 * Discount codes. Written by staff; `uses` is a cache that counts the uses which stand (`coupon_uses.counted`), changed
 * in the transactions that place and end orders, and an audit rebuilds it. `coupons_within_limit` is what keeps a hundred
 * shoppers at once from using one coupon twice. `version` grows with each edit: an order is placed on the version that
 * was read, or not at all.
 *
 * `category_ids` and `product_ids` say what it covers; where both are null it covers everything. They are arrays, so
 * that a category which is removed one day makes a coupon cover less and never more.
 */
export const coupons = pgTable(
  'coupons',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    code: text().$type<CouponCode>().notNull().unique(),
    kind: text({ enum: COUPON_KINDS }).notNull(),
    /** Hundredths of a percent, of the kind `percent`. */
    basisPoints: integer(),
    /** Of the kind `fixed`. */
    amountFen: fen(),
    thresholdFen: fen().notNull().default(sql`0`),
    startsAt: instant(),
    endsAt: instant(),
    usesAtMost: integer(),
    usesPerCustomer: integer(),
    categoryIds: integer().array(),
    productIds: integer().array(),
    /** For staff only. */
    note: text(),
    stoppedAt: instant(),
    version: integer().notNull().default(1),
    uses: integer().notNull().default(0),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [
    check('coupons_kind', isOneOf(t.kind, COUPON_KINDS)),
    check('coupons_percent', sql`(${t.kind} = 'percent') = coalesce(${t.basisPoints} between 1 and 10000, false)`),
    check('coupons_fixed', sql`(${t.kind} = 'fixed') = coalesce(${t.amountFen} > 0, false)`),
    check('coupons_threshold', sql`${t.thresholdFen} >= 0`),
    check('coupons_window', sql`${t.startsAt} < ${t.endsAt}`),
    check('coupons_limits', sql`${t.usesAtMost} >= 1 and ${t.usesPerCustomer} >= 1`),
    check('coupons_within_limit', sql`${t.uses} between 0 and coalesce(${t.usesAtMost}, ${t.uses})`),
  ],
)

/**
 * How often each customer uses each coupon now: the other limit, kept by `coupon_customers_within_limit`. A customer is
 * the SHA-256 of a mailbox, or of an account, so that the table tells nobody who they are. `at_most` is the coupon's limit
 * at the last use.
 */
export const couponCustomers = pgTable(
  'coupon_customers',
  {
    couponId: integer()
      .notNull()
      .references(() => coupons.id),
    customer: text().notNull(),
    uses: integer().notNull(),
    atMost: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.couponId, t.customer] }),
    check('coupon_customers_within_limit', sql`${t.uses} between 0 and coalesce(${t.atMost}, ${t.uses})`),
  ],
)

/**
 * The coupon of an order, with what it took off: written with the order, given back once when the order ends unpaid or
 * is cancelled, and taken again when it stands again by late money. Then the sum was agreed and is paid already, so a
 * coupon that is used up meanwhile is still honoured: such a use does not count (`counted`).
 * `coupon_uses_taken` serves the figures and the watch over bursts.
 */
export const couponUses = pgTable(
  'coupon_uses',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    orderId: uuid()
      .notNull()
      .unique()
      .references(() => orders.id),
    couponId: integer()
      .notNull()
      .references(() => coupons.id),
    /** One for the mailbox and, when signed in, one for the account. */
    customers: text().array().notNull(),
    discountFen: fen().notNull(),
    /** The fee for sending that the coupon made nothing. */
    shippingFen: fen().notNull(),
    counted: boolean().notNull().default(true),
    takenAt: instant().notNull(),
    givenBackAt: instant(),
  },
  (t) => [
    index('coupon_uses_taken').on(t.couponId, t.takenAt.desc()),
    check('coupon_uses_amounts', sql`${t.discountFen} >= 0 and ${t.shippingFen} >= 0`),
  ],
)
