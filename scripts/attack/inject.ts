import { type Attempt, type Target, tryAll } from './attack.ts'
import { PAYLOADS } from './payloads.ts'

const PLACES = [
  '/en/search?q=',
  '/zh/search?q=',
  '/en/category/cups/filter?material=',
  '/en/account/sign-in?returnTo=',
  '/api/search/suggest?locale=en&q=',
]

/** Each of them wherever a page shows what it was asked: none may come back as markup. */
export async function inject({ ask }: Target): Promise<Attempt[]> {
  const cases = PLACES.flatMap((place) => PAYLOADS.map((payload) => ({ place, payload })))
  return tryAll(cases, async ({ place, payload }) => {
    const answer = await ask(place + encodeURIComponent(payload))
    const text = await answer.text()
    const isMarkup = (answer.headers.get('content-type') ?? '').includes('html')
    const raw = isMarkup && /<(?:script>|[a-z]+ on[a-z]+=)xss7f3a/i.test(text)
    return {
      what: `${place}${payload}`,
      broke: raw ? 'came back as markup' : answer.status >= 500 ? `answered ${answer.status}` : null,
    }
  })
}
