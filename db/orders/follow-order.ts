import 'server-only'
import { sql } from '../client.ts'
import { ORDER_CHANGED_CHANNEL } from './order-changed.ts'

const followers = new Map<string, Set<() => void>>()
let listening: Promise<unknown> | null = null

function tell(orderId: string) {
  for (const follower of followers.get(orderId) ?? []) follower()
}

/** What happened while the connection was down nobody told: everyone looks again. */
function tellAll() {
  for (const orderId of followers.keys()) tell(orderId)
}

/**
 * Calls `onChange` after each committed change of the order, and sometimes without one. All followers of a process
 * share one listening connection, which comes back by itself.
 * @returns what ends it.
 * @throws when the database can't be reached at the first time.
 */
export async function followOrder(orderId: string, onChange: () => void): Promise<() => void> {
  listening ??= sql.listen(ORDER_CHANGED_CHANNEL, tell, tellAll).catch((error: unknown) => {
    listening = null
    throw error
  })
  await listening
  const others = followers.get(orderId) ?? new Set()
  followers.set(orderId, others.add(onChange))
  return () => {
    others.delete(onChange)
    if (others.size === 0 && followers.get(orderId) === others) followers.delete(orderId)
  }
}
