import 'server-only'
import { sessionOfCookies } from '../auth/session-of-cookies.ts'
import { DEFAULT_LOCALE } from '../domain/locale.ts'
import { mayDo, type Permission } from '../domain/permissions.ts'
import { staffStanding } from '../domain/session-rules.ts'
import { officePath } from '../office-paths.ts'
import { OFFICE_ROOMS } from '../office-rooms.ts'

type Visitor = { readonly cookies: Parameters<typeof sessionOfCookies>[0]; readonly now: Date }

const OFFICE = /^\/[a-z]{2}\/admin(?=\/|$)/

/** Pages that ask for more than the room they are in, or are in none, by what follows the office's own path. */
const OF_THEIR_OWN: readonly (readonly [RegExp, Permission])[] = [
  [/^\/delivery(?:\/|$)/, 'stock.adjust'],
  [/^\/orders\/exports$/, 'orders.export'],
  [/^\/orders\/[^/]+\/refund$/, 'refunds.request'],
  [/^\/products\/(?:new$|sheet\/)/, 'catalogue.edit'],
  [/^\/products\/[^/]+\/photos\//, 'catalogue.edit'],
]
const ROOMS = OFFICE_ROOMS.map(
  ({ path, permission }) => [path(DEFAULT_LOCALE).slice(officePath(DEFAULT_LOCALE).length), permission] as const,
)

/**
 * Whether a page of the office is shut to who asks for it, so that its answer can say so. It shows nobody anything: each
 * page asks again by itself (`permitted`), refuses and notes it. Who is signed out or owes a code is not shut out but sent on.
 * @param pathname with its language.
 */
export async function isShut(pathname: string, { cookies, now }: Visitor): Promise<boolean> {
  if (!OFFICE.test(pathname)) return false
  const session = await sessionOfCookies(cookies, now)
  if (!session) return false
  if (!session.staff) return true
  const permission = permissionOf(pathname.replace(OFFICE, ''))
  return permission !== null && staffStanding(session, now) === 'open' && !mayDo(session.staff.roles, permission)
}

/** What a page asks for; null where everybody who works here may come. @param path behind the office's own. */
function permissionOf(path: string): Permission | null {
  const own = OF_THEIR_OWN.find(([page]) => page.test(path))
  if (own) return own[1]
  return ROOMS.find(([room]) => path === room || path.startsWith(`${room}/`))?.[1] ?? null
}
