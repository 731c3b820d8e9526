import 'server-only'
import { sql } from '../client.ts'
import { cartKey } from './cart-token.ts'

/** What was kept by `keep-checkout-draft.ts`, as JSON that nobody has looked at; null when there is none. */
export async function readCheckoutDraft(token: string | undefined): Promise<unknown> {
  const key = cartKey(token)
  if (!key) return null
  const [row] = await sql`select draft from checkout_drafts where cart = ${key}`
  return row?.['draft'] ?? null
}
