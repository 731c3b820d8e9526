import { bigint, boolean, date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'
import { products } from '../catalog/schema.ts'
import { fen, instant } from '../columns.ts'

/**
 * Sums for people who want to know how the shop is doing: caches of the books, made by `refresh-figures.ts` from the
 * statements in `rollups.ts` and by nothing else, so that reading a year touches a few thousand rows whatever was sold.
 * Days and hours are those of Shanghai. Everything here can be thrown away and made anew (`npm run figures:rebuild`),
 * but for the carts, which are forgotten after two months.
 */
const day = () => date({ mode: 'string' }).notNull()
const count = () => integer().notNull()
const provider = () => text({ enum: PROVIDER_NAMES }).notNull()
/** The way to pay at the provider, as `payment_attempts` has it. */
const scene = () => text().notNull()

/** Each day that was summed up, and how the books stood. `closed`: the day was over; only a note opens it again. */
export const figureDays = pgTable('figure_days', {
  day: date({ mode: 'string' }).primaryKey(),
  asOf: instant().notNull(),
  closed: boolean().notNull(),
})

/**
 * Notes that something of a closed day has changed: late money, a refund dated back, an attempt that ended the next
 * morning. Triggers write them in the transaction of the change, as a row of its own each, so that nobody waits for
 * anybody; the worker makes the days anew and takes the notes out.
 */
export const figureNotes = pgTable(
  'figure_notes',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    day: day(),
    notedAt: instant().notNull().defaultNow(),
  },
  (t) => [index('figure_notes_day').on(t.day)],
)

/** What was paid, by the hour in which the provider took it: goods at catalogue prices, less discount, with delivery. */
export const figureSales = pgTable(
  'figure_sales',
  {
    day: day(),
    hour: integer().notNull(),
    provider: provider(),
    scene: scene(),
    orders: count(),
    goodsFen: fen().notNull(),
    discountFen: fen().notNull(),
    shippingFen: fen().notNull(),
    paidFen: fen().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.hour, t.provider, t.scene] })],
)

/** Units and their value at catalogue prices: sold on the day of the payment, returned on the day of the refund. */
export const figureProducts = pgTable(
  'figure_products',
  {
    day: day(),
    productId: integer()
      .notNull()
      .references(() => products.id),
    soldUnits: count(),
    soldFen: fen().notNull(),
    returnedUnits: count(),
    returnedFen: fen().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.productId] })],
)

/** How the attempts that began on a day came out. `waiting` may still be paid; `paySeconds` sums those that succeeded. */
export const figureAttempts = pgTable(
  'figure_attempts',
  {
    day: day(),
    provider: provider(),
    scene: scene(),
    started: count(),
    succeeded: count(),
    failed: count(),
    closed: count(),
    expired: count(),
    disputed: count(),
    waiting: count(),
    paySeconds: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.provider, t.scene] })],
)

/** Why attempts failed that began on a day. `code` is the provider's own word, or ours where it gave none. */
export const figureFailures = pgTable(
  'figure_failures',
  { day: day(), provider: provider(), scene: scene(), code: text().notNull(), attempts: count() },
  (t) => [primaryKey({ columns: [t.day, t.provider, t.scene, t.code] })],
)

/** Money that went back, on the day on which it did. `cause` as in `refund_requests`, or `provider` for its console. */
export const figureRefunds = pgTable(
  'figure_refunds',
  { day: day(), provider: provider(), cause: text().notNull(), refunds: count(), refundedFen: fen().notNull() },
  (t) => [primaryKey({ columns: [t.day, t.provider, t.cause] })],
)

/** Orders by the day on which they were placed, and how many of these were ever paid. */
export const figureOrders = pgTable('figure_orders', {
  day: date({ mode: 'string' }).primaryKey(),
  placed: count(),
  placedFen: fen().notNull(),
  paid: count(),
  paidFen: fen().notNull(),
  expired: count(),
  cancelled: count(),
})

/** Baskets by the day on which their first piece was put in. A basket is one browser's, for two months. */
export const figureCarts = pgTable('figure_carts', { day: date({ mode: 'string' }).primaryKey(), begun: count() })

/** What stood on the shelves when the day ended, at the prices of that moment. */
export const figureStock = pgTable('figure_stock', {
  day: date({ mode: 'string' }).primaryKey(),
  units: bigint({ mode: 'number' }).notNull(),
  valueFen: fen().notNull(),
})
