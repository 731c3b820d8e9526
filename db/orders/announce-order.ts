import 'server-only'
import { log } from '#lib/log.ts'
import { sql } from '../client.ts'
import { ORDER_CHANGED_CHANNEL } from './order-changed.ts'

/** How long changes gather before they are announced together: nobody sees it, and in a rush it is a statement for many. */
const GATHER_MS = 25
const gathered = new Set<string>()

/**
 * Tells pages that follow the order, a moment after its change was committed. For the hot paths only: PostgreSQL lets
 * one transaction with a NOTIFY commit at a time, so that inside them it would cost most of the speed (a payment
 * settled beside fifteen others: 150 a second instead of 1,200). A process that dies in between leaves it to the
 * pages' own polling.
 */
export function announceOrder(orderId: string): void {
  gathered.add(orderId)
  if (gathered.size === 1) setTimeout(announceGathered, GATHER_MS)
}

function announceGathered() {
  const ids = [...gathered]
  gathered.clear()
  sql`select pg_notify(${ORDER_CHANGED_CHANNEL}, id) from unnest(${ids}::text[]) as id`.catch((err: unknown) =>
    log.warn({ err }, 'changed orders were not announced'),
  )
}
