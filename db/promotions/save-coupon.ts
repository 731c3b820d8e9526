import 'server-only'
import { and, eq, inArray, sql } from 'drizzle-orm'
import postgres from 'postgres'
import type { CouponCode } from '#lib/domain/coupon-code.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import type { CouponInput } from '#lib/promotions/coupon-form.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { products } from '../catalog/schema.ts'
import { db, type Transaction } from '../client.ts'
import { coupons } from './schema.ts'

export type SaveCouponError =
  | { readonly code: 'code_taken' }
  | { readonly code: 'unknown_pieces'; readonly slugs: readonly string[] }
  /** Somebody else saved it since the page was shown. */
  | { readonly code: 'changed_meanwhile' }
  /** Orders hold it more often than the new limit allows. */
  | { readonly code: 'below_uses' }

type EditPermit = Permit<'promotions.edit'>
type Row = typeof coupons.$inferSelect

/** Makes a coupon. Its code stays what it is: orders and mails name it. */
export async function createCoupon(
  permit: EditPermit,
  code: CouponCode,
  input: CouponInput,
): Promise<Result<number, SaveCouponError>> {
  return db.transaction(async (tx) => {
    const columns = await columnsOf(tx, input)
    if (!columns.ok) return columns
    const [made] = await tx
      .insert(coupons)
      .values({ ...columns.value, code })
      .onConflictDoNothing()
      .returning()
    if (!made) return err({ code: 'code_taken' as const })
    await log(tx, permit, null, made)
    return ok(made.id)
  })
}

/** Changes a coupon as it was seen. Orders that hold it keep what it took off. */
export async function editCoupon(
  permit: EditPermit,
  seen: { readonly id: number; readonly version: number },
  input: CouponInput,
): Promise<Result<null, SaveCouponError>> {
  return changeCoupon(permit, seen, (tx) => columnsOf(tx, input))
}

/** Ends a coupon before its time, or lets it go on. */
export async function stopCoupon(
  permit: EditPermit,
  seen: { readonly id: number; readonly version: number },
  stoppedAt: Date | null,
): Promise<Result<null, SaveCouponError>> {
  return changeCoupon(permit, seen, async () => ok({ stoppedAt }))
}

async function changeCoupon(
  permit: EditPermit,
  { id, version }: { readonly id: number; readonly version: number },
  change: (tx: Transaction) => Promise<Result<Partial<Row>, SaveCouponError>>,
): Promise<Result<null, SaveCouponError>> {
  try {
    return await db.transaction(async (tx) => {
      const [before] = await tx
        .select()
        .from(coupons)
        .where(and(eq(coupons.id, id), eq(coupons.version, version)))
        .for('update')
      if (!before) return err({ code: 'changed_meanwhile' as const })
      const columns = await change(tx)
      if (!columns.ok) return columns
      const [after] = await tx
        .update(coupons)
        .set({ ...columns.value, version: sql`${coupons.version} + 1` })
        .where(eq(coupons.id, id))
        .returning()
      if (after) await log(tx, permit, before, after)
      return ok(null)
    })
  } catch (error) {
    if (isConstraint(error, 'coupons_within_limit')) return err({ code: 'below_uses' })
    throw error
  }
}

async function columnsOf(tx: Transaction, input: CouponInput) {
  const { kind, percent, amount, threshold, categories, pieces, note, ...rest } = input
  const found =
    pieces.length === 0
      ? []
      : await tx.select({ id: products.id, slug: products.slug }).from(products).where(inArray(products.slug, pieces))
  const missing = pieces.filter((slug) => !found.some((piece) => piece.slug === slug))
  if (missing.length > 0) return err({ code: 'unknown_pieces' as const, slugs: missing })
  const everything = categories.length === 0 && found.length === 0
  return ok({
    ...rest,
    kind,
    basisPoints: kind === 'percent' ? percent : null,
    amountFen: kind === 'fixed' ? amount : null,
    thresholdFen: threshold,
    categoryIds: everything ? null : categories,
    productIds: everything ? null : found.map(({ id }) => id),
    note: note || null,
  })
}

const log = (tx: Transaction, permit: EditPermit, before: Row | null, after: Row) =>
  appendAuditEntry(tx, {
    actor: staffActor(permit),
    action: 'promotions.edit',
    about: { kind: 'coupon', id: after.code },
    before: before && plain(before),
    after: plain(after),
  })

/** Amounts as text, since JSON numbers are floats. */
const plain = (row: Row): unknown =>
  JSON.parse(JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? value.toString() : value)))

function isConstraint(error: unknown, name: string): boolean {
  if (error instanceof postgres.PostgresError) return error.constraint_name === name
  return error instanceof Error && error.cause !== undefined && isConstraint(error.cause, name)
}
