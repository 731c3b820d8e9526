import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CouponCode } from '#lib/domain/coupon-code.ts'
import { FULFILMENT_STATES } from '#lib/domain/fulfilment-state.ts'
import { LOCALES, type LocalizedText } from '#lib/domain/locale.ts'
import type { OrderNumber } from '#lib/domain/order-number.ts'
import { ORDER_STATES } from '#lib/domain/order-state.ts'
import type { ShippingMethod } from '#lib/domain/shipping-rates.ts'
import { accounts } from '../accounts/schema.ts'
import { variants } from '../catalog/schema.ts'
import { bytea, fen, instant, isOneOf } from '../columns.ts'

/**
 * What a shopper ordered, as it was at that moment: no later change of the catalogue reaches it. Written once by
 * `place-order.ts`; after that only `state` and `fulfilment` change, each with a row in `order_events`.
 *
 * The browser has a request id before its first try; `request_hash` is the SHA-256 of it, so that a repeat finds the
 * order instead of placing a second. `input_hash` tells a repeat from another basket under the same id. While the state
 * is `pending_payment` the order's lines are held in `stock`.
 * `orders_account` walks one customer's orders, newest first, `orders_guest_email` finds those that an account may take
 * in, `orders_pending_deadline` serves the sweep for orders whose
 * expiry job was lost, `orders_to_send` the packing bench and `orders_delivered` the job that completes orders.
 * `orders_placed_at` is walked backwards by the office's list, newest first, `orders_state` and `orders_fulfilment` for
 * those of one state; the four below them find an order by what somebody types of it.
 */
export const orders = pgTable(
  'orders',
  {
    id: uuid().primaryKey().defaultRandom(),
    number: text().$type<OrderNumber>().notNull().unique(),
    requestHash: bytea().notNull().unique(),
    inputHash: bytea().notNull(),
    /** Whose account it was placed in or claimed into; null for a guest's. */
    accountId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    locale: text({ enum: LOCALES }).notNull(),
    state: text({ enum: ORDER_STATES }).notNull().default('pending_payment'),
    fulfilment: text({ enum: FULFILMENT_STATES }).notNull().default('unfulfilled'),
    email: text().notNull(),
    phone: text().notNull(),
    shippingMethod: text().$type<ShippingMethod>().notNull(),
    /** The discount code that it was placed with, as it was then; what it took off stands in the sums. */
    couponCode: text().$type<CouponCode>(),
    subtotalFen: fen().notNull(),
    discountFen: fen().notNull(),
    shippingFen: fen().notNull(),
    totalFen: fen().notNull(),
    placedAt: instant().notNull(),
    /** Until when it can be paid; the provider is told the same. */
    expiresAt: instant().notNull(),
  },
  (t) => [
    index('orders_placed_at').on(t.placedAt, t.id),
    index('orders_state').on(t.state, t.placedAt, t.id),
    index('orders_fulfilment').on(t.fulfilment, t.placedAt, t.id),
    index('orders_number_prefix').on(t.number.op('text_pattern_ops')),
    index('orders_email_prefix').on(sql`lower(${t.email}) text_pattern_ops`),
    index('orders_phone_prefix').on(t.phone.op('text_pattern_ops')),
    index('orders_phone_suffix').on(sql`reverse(${t.phone}) text_pattern_ops`),
    index('orders_account')
      .on(t.accountId, t.placedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`${t.accountId} is not null`),
    index('orders_guest_email').on(t.email).where(sql`${t.accountId} is null`),
    index('orders_pending_deadline').on(t.expiresAt).where(sql`${t.state} = 'pending_payment'`),
    index('orders_to_send')
      .on(t.placedAt)
      .where(sql`${t.state} = 'confirmed' and ${t.fulfilment} in ('unfulfilled', 'partial')`),
    index('orders_delivered').on(t.id).where(sql`${t.state} = 'confirmed' and ${t.fulfilment} = 'delivered'`),
    check('orders_state', isOneOf(t.state, ORDER_STATES)),
    check('orders_fulfilment', isOneOf(t.fulfilment, FULFILMENT_STATES)),
    check('orders_amounts', sql`${t.subtotalFen} >= 0 and ${t.shippingFen} >= 0 and ${t.totalFen} > 0`),
    check('orders_discount', sql`${t.discountFen} between 0 and ${t.subtotalFen}`),
    check('orders_total', sql`${t.totalFen} = ${t.subtotalFen} - ${t.discountFen} + ${t.shippingFen}`),
  ],
)

/** The pieces of an order with the names, picture and price they had; `variant_id` leads to what they are today. */
export const orderLines = pgTable(
  'order_lines',
  {
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    position: integer().notNull(),
    variantId: integer()
      .notNull()
      .references(() => variants.id),
    sku: text().notNull(),
    productSlug: text().notNull(),
    variantSlug: text().notNull(),
    name: jsonb().$type<LocalizedText>().notNull(),
    options: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    image: text().notNull(),
    unitPriceFen: fen().notNull(),
    quantity: integer().notNull(),
    /** The line's share of the order's discount. */
    discountFen: fen().notNull().default(sql`0`),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.position] }),
    unique('order_lines_variant').on(t.orderId, t.variantId),
    index('order_lines_variant_id').on(t.variantId),
    check('order_lines_quantity', sql`${t.quantity} between 1 and 99`),
    check('order_lines_price', sql`${t.unitPriceFen} > 0`),
    check('order_lines_discount', sql`${t.discountFen} between 0 and ${t.unitPriceFen} * ${t.quantity}`),
  ],
)

/**
 * Secrets that open an order's page, one in the browser that placed it and one in each mail; we hold their SHA-256, so
 * that a copy of the table opens nothing.
 */
export const orderLinks = pgTable(
  'order_links',
  {
    secretHash: bytea().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [index('order_links_order').on(t.orderId)],
)

/**
 * Links by which somebody else can pay an order and see nothing but what is bought and what it costs; one open at a time
 * (`payment_links_open`). The secret stands here as it is, so that whoever shared it can copy it again: it opens no more
 * than the row beside it says.
 */
export const paymentLinks = pgTable(
  'payment_links',
  {
    secret: text().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    createdAt: instant().notNull(),
    /** When it was taken back, or followed by another. */
    endedAt: instant(),
  },
  (t) => [
    index('payment_links_order').on(t.orderId, t.createdAt),
    uniqueIndex('payment_links_open').on(t.orderId).where(sql`${t.endedAt} is null`),
  ],
)

/**
 * Mailed to whoever asked for an order by its number and e-mail, each good once and for an hour; we hold its SHA-256.
 * Spent ones stay, so that a second click hears so.
 */
export const orderTickets = pgTable(
  'order_tickets',
  {
    secretHash: bytea().primaryKey(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [index('order_tickets_order').on(t.orderId, t.expiresAt)],
)

/**
 * Where the parcel goes. Apart from the order, so that it can be erased when the books must stay. By the recipient's
 * name it is found through `order_terms`.
 */
export const orderAddresses = pgTable(
  'order_addresses',
  {
    orderId: uuid()
      .primaryKey()
      .references(() => orders.id),
    recipient: text().notNull(),
    phone: text().notNull(),
    /** ISO 3166-1 alpha-2. */
    country: text().notNull(),
    /** Province in China; state, county or the like elsewhere, where there is one. */
    region: text(),
    city: text().notNull(),
    /** China only. */
    district: text(),
    street: text().notNull(),
    street2: text(),
    postcode: text(),
  },
  (t) => [index('order_addresses_phone').on(sql`reverse(${t.phone}) text_pattern_ops`)],
)

export const ORDER_AXES = ['order', 'payment', 'fulfilment', 'after_sale'] as const

/**
 * What happened to an order, append-only: each change of state on each axis with who did it and why. The last row of an
 * axis is its state; on the axis `after_sale`, where an order may have several requests, the last row of each `about`.
 * `actor` is `shopper`, `system`, `provider:alipay` … or `staff:<id>`.
 */
export const orderEvents = pgTable(
  'order_events',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    axis: text({ enum: ORDER_AXES }).notNull(),
    /** The refund request that it is about, on its axis. */
    about: uuid(),
    event: text().notNull(),
    fromState: text(),
    toState: text().notNull(),
    actor: text().notNull(),
    reason: text(),
    at: instant().notNull(),
  },
  (t) => [index('order_events_order').on(t.orderId, t.id), check('order_events_axis', isOneOf(t.axis, ORDER_AXES))],
)
