import 'server-only'
import { sql } from '../client.ts'
import { cartKey } from './cart-token.ts'

/**
 * Keeps what was typed at the checkout with the cart, in place of what was kept before. Nothing for a cart that is gone.
 * @param draft can be written as JSON.
 */
export async function keepCheckoutDraft(token: string | undefined, draft: unknown): Promise<void> {
  const key = cartKey(token)
  if (!key) return
  await sql`
    insert into checkout_drafts (cart, draft)
    select token_hash, ${JSON.stringify(draft)}::text::jsonb from carts where token_hash = ${key}
    on conflict (cart) do update set draft = excluded.draft, updated_at = now()`
}
