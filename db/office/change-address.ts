import 'server-only'
import { eq, sql } from 'drizzle-orm'
import type { Address } from '#lib/domain/address.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { type ActHindrance, hindranceOf } from '#lib/domain/staff-order-acts.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, type Transaction } from '../client.ts'
import { lockOrder } from '../orders/lock-order.ts'
import { announceOrderChange } from '../orders/order-changed.ts'
import { orderAddresses, orderEvents } from '../orders/schema.ts'

export type PostalAddress = Omit<Address, 'country'>

export type ChangeAddress = {
  readonly orderId: string
  /** The address that the form showed: what somebody else changed since is not written over. */
  readonly seen: PostalAddress
  readonly wanted: PostalAddress
  readonly reason: string | null
  readonly ip: string
}

export type ChangeAddressError =
  | { readonly code: 'unknown_order' }
  | { readonly code: 'hindered'; readonly by: ActHindrance }
  | { readonly code: 'changed_meanwhile' }

const FIELDS = ['recipient', 'phone', 'region', 'city', 'district', 'street', 'street2', 'postcode'] as const
const isSame = (a: PostalAddress, b: PostalAddress) => FIELDS.every((field) => a[field] === b[field])

/** Corrects where the parcel goes, as long as something is still to be sent; the country stays, since sending is paid. */
export async function changeAddress(
  permit: Permit<'orders.ship'>,
  { orderId, seen, wanted, reason, ip }: ChangeAddress,
): Promise<Result<null, ChangeAddressError>> {
  const actor = staffActor(permit)
  return db.transaction(async (tx) => {
    const locked = await lockOrder(tx, orderId)
    if (!locked) return err({ code: 'unknown_order' })
    const { order, payment } = locked
    const [address] = await tx.select().from(orderAddresses).where(eq(orderAddresses.orderId, orderId))
    const facts = {
      ...order,
      kept: payment.capturedFen,
      attempts: 0,
      mails: 0,
      hasAddress: address !== undefined,
      isHeld: false,
    }
    const by = hindranceOf('edit_address', facts, permit.roles)
    if (by || !address) return err({ code: 'hindered', by: by ?? 'address_erased' })
    if (isSame(address, wanted)) return ok(null)
    if (!isSame(address, seen)) return err({ code: 'changed_meanwhile' })

    const { recipient, phone, region, city, district, street, street2, postcode } = wanted
    const written = { recipient, phone, region, city, district, street, street2, postcode }
    await tx.update(orderAddresses).set(written).where(eq(orderAddresses.orderId, orderId))
    if (recipient !== address.recipient) await forgetName(tx, orderId, address.recipient)
    await tx.insert(orderEvents).values({
      orderId,
      axis: 'order',
      event: 'address_changed',
      fromState: order.state,
      toState: order.state,
      actor,
      reason,
      at: sql`clock_timestamp()`,
    })
    await appendAuditEntry(tx, {
      actor,
      action: 'orders.edit_address',
      about: { kind: 'order', id: order.number },
      // Which lines, not what they said: an address must be erasable and the log is not.
      after: { changed: FIELDS.filter((field) => address[field] !== wanted[field]) },
      reason,
      ip,
    })
    await announceOrderChange(tx, orderId)
    return ok(null)
  })
}

/** The order is not looked for under its former recipient; its terms are written anew as after every event. */
const forgetName = (tx: Transaction, orderId: string, recipient: string) =>
  tx.execute(sql`
    delete from order_terms using orders
    where orders.id = ${orderId} and order_terms.order_id = orders.id and order_terms.placed_at = orders.placed_at
      and term = any (name_terms(${recipient}))`)
