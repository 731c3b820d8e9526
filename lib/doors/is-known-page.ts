import 'server-only'
import { findAddress } from '#db/addresses/list-addresses.ts'
import { isCategory } from '#db/catalog/is-category.ts'
import { openAccountOrder, openOrder, openPayment } from '#db/orders/open-order.ts'
import { sessionOfCookies } from '../auth/session-of-cookies.ts'
import { isSecret } from '../domain/secret.ts'
import { isSlug } from '../domain/slug.ts'

type Visitor = { readonly cookies: Parameters<typeof sessionOfCookies>[0]; readonly now: Date }
type Ask = (name: string, visitor: Visitor) => Promise<unknown>

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Somebody else's is as one that is not there; who is signed out is asked to sign in, whatever the name. */
const ofAccount =
  (ask: (accountId: string, name: string) => Promise<unknown>): Ask =>
  async (name, { cookies, now }) => {
    const session = await sessionOfCookies(cookies, now)
    return session === null || (await ask(session.account.id, name))
  }

/** Rooms whose pages exist only where the database has what their address names. */
const ROOMS: readonly (readonly [RegExp, Ask])[] = [
  [/^\/[a-z]{2}\/category\/([^/]*)/, async (slug) => isSlug(slug) && isCategory(slug)],
  [/^\/[a-z]{2}\/order\/([^/]*)/, async (secret) => isSecret(secret) && openOrder(secret)],
  [/^\/[a-z]{2}\/pay\/([^/]*)/, async (secret) => isSecret(secret) && openPayment(secret)],
  [/^\/[a-z]{2}\/account\/orders\/([^/]+)/, ofAccount(openAccountOrder)],
  [
    /^\/[a-z]{2}\/account\/addresses\/([^/]+)/,
    ofAccount(async (accountId, id) => id === 'new' || (UUID.test(id) && findAddress(accountId, id))),
  ],
]

/**
 * Whether an address leads to something. A page of Next has answered 200 before it can ask, so the proxy asks.
 * @param pathname with its language.
 */
export async function isKnownPage(pathname: string, visitor: Visitor): Promise<boolean> {
  for (const [address, ask] of ROOMS) {
    const name = address.exec(pathname)?.[1]
    if (name !== undefined) return Boolean(await ask(name, visitor))
  }
  return true
}
