/** The rooms of the shop as one sees them in an address, after the language or `api`. */
const PAGES = 'product category search cart help checkout order pay find-order account messages admin preview'.split(
  ' ',
)
const ROUTES =
  'account cart checkout health login metrics notify orders regions reports request-photos return search unsubscribe'.split(
    ' ',
  )
const FILES = ['_next', 'photos', 'sitemap', 'sitemap.xml', 'robots.txt', 'icon.svg']

/**
 * The door that an address leads to, of a small known set: `api/notify`, `checkout`, `home`, `files`, or `other` for
 * whatever a robot thinks up.
 */
export function doorOf(url: string): string {
  const [, first = '', second = ''] = (url.split('?', 1)[0] ?? '').split('/')
  if (FILES.includes(first)) return 'files'
  if (first === 'api') return ROUTES.includes(second) ? `api/${second}` : 'other'
  if (first === '' || !/^(?:en|fr|zh)$/.test(first)) return first === '' ? 'home' : 'other'
  if (second === '') return 'home'
  return PAGES.includes(second) ? second : 'other'
}
