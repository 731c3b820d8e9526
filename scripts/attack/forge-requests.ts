import { type Attempt, type Target, tryAll } from './attack.ts'

const SECRET = 'A'.repeat(43)
const MUTATIONS = ['/api/cart', '/api/checkout', `/api/orders/${SECRET}/pay`, `/api/orders/${SECRET}/cancel`] as const
const ELSEWHERE: readonly (readonly [string, Record<string, string>])[] = [
  ['another origin', { origin: 'https://evil.example' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['no word of where from', {}],
  ['a sibling host', { 'sec-fetch-site': 'same-site', origin: 'https://sibling.localhost' }],
  ['another site, our origin claimed', { 'sec-fetch-site': 'cross-site' }],
  ['typed into the address bar', { 'sec-fetch-site': 'none' }],
]
const FORM = 'application/x-www-form-urlencoded'

/** Six kinds of foreign page times every mutation, as a form and as plain text: each must be refused. */
export async function forgeRequests({ ask }: Target): Promise<Attempt[]> {
  const cases = MUTATIONS.flatMap((path) =>
    ELSEWHERE.flatMap(([from, headers]) => [FORM, 'text/plain'].map((type) => ({ path, from, headers, type }))),
  )
  return tryAll(cases, async ({ path, from, headers, type }) => {
    const { status } = await ask(path, { method: 'POST', headers: { ...headers, 'content-type': type }, body: 'a=1' })
    const refused = status === 403 || status === 415
    return {
      what: `POST ${path.replace(SECRET, '…')} from ${from} as ${type}`,
      broke: refused ? null : `answered ${status}`,
    }
  })
}

/** An action of a page, called from elsewhere; Next itself refuses with 500. */
export async function forgeActions({ ask }: Target): Promise<Attempt[]> {
  const pages = ['/en/account/sign-in', '/en/admin/sign-in', '/en/checkout', '/fr/cart', '/zh/search']
  return tryAll(pages, async (path) => {
    const headers = { 'next-action': 'f'.repeat(42), origin: 'https://evil.example', 'content-type': 'text/plain' }
    const { status } = await ask(path, { method: 'POST', headers, body: '[]' })
    return { what: `an unknown action at ${path}`, broke: status >= 400 ? null : `answered ${status}` }
  })
}
