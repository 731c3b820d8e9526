import { type Attempt, type Target, tryAll } from './attack.ts'

const TAGS = [
  'script',
  'img',
  'svg',
  'iframe',
  'body',
  'details',
  'video',
  'object',
  'math',
  'a',
  'form',
  'input',
] as const
const EVENTS = ['onload', 'onerror', 'ontoggle', 'onfocus', 'onpointerenter'] as const
/** Sixty ways to begin a tag or leave an attribute; `xss7f3a` marks what came back. */
export const PAYLOADS: readonly string[] = TAGS.flatMap((tag) =>
  EVENTS.map((event, n) => {
    const bare = tag === 'script' ? `<script>xss7f3a(${n})</script>` : `<${tag} ${event}=xss7f3a(${n})>`
    return [bare, `">${bare}`, `'>${bare}`, `</title>${bare}`, `</script>${bare}`][n] ?? bare
  }),
)
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
