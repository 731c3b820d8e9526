import { type Attempt, type Target, tryAll } from './attack.ts'

const OFFICE = ['/en/admin/orders', '/en/admin/figures', '/en/account/orders'] as const
const CLAIMS: readonly Record<string, string>[] = [
  {},
  ...[
    'middleware',
    'proxy',
    'src/middleware',
    'middleware:middleware:middleware:middleware:middleware',
    'proxy:proxy:proxy:proxy:proxy',
  ].map((value) => ({ 'x-middleware-subrequest': value })),
  { 'x-middleware-next': '1' },
  { 'x-middleware-rewrite': '/en/admin/orders' },
  { 'x-middleware-prefetch': '1' },
  { 'x-nextjs-data': '1' },
  { rsc: '1', 'next-router-prefetch': '1' },
  { rsc: '1', 'next-router-segment-prefetch': '/_tree' },
  { 'x-original-url': '/en/admin/orders' },
  { 'x-rewrite-url': '/en/admin/orders' },
  { 'x-forwarded-host': 'evil.example' },
  { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1' },
  { forwarded: 'for=127.0.0.1;host=evil.example;proto=https' },
  { authorization: 'Bearer x' },
  { cookie: '__Host-shop.session=x; next-auth.session-token=x; __Secure-next-auth.session-token=x' },
]

/** Rooms that need a sign-in, asked for with every header that once opened one: none may show its content. */
export async function pretend({ ask }: Target): Promise<Attempt[]> {
  const cases = OFFICE.flatMap((path) => CLAIMS.map((headers) => ({ path, headers })))
  return tryAll(cases, async ({ path, headers }) => {
    const answer = await ask(path, { headers })
    const text = await answer.text()
    const shown = answer.status === 200 && /data-office|<table/.test(text)
    const elsewhere = answer.headers.get('location')?.includes('evil.example') ?? false
    const broke = shown
      ? 'showed the room'
      : elsewhere
        ? 'led elsewhere'
        : answer.status >= 500
          ? `answered ${answer.status}`
          : null
    return { what: `${path} with ${JSON.stringify(headers)}`, broke }
  })
}

const EVERYWHERE = [
  'x-content-type-options',
  'x-frame-options',
  'permissions-policy',
  'cross-origin-opener-policy',
  'content-security-policy',
]

/** The headers of a careful shop on pages, files, answers and what is not there. */
export async function missHeaders({ ask, url }: Target): Promise<Attempt[]> {
  const paths = [
    '/en',
    '/zh/category/cups',
    '/en/search?q=tea',
    '/fr/cart',
    '/en/account/sign-in',
    '/nowhere',
    '/api/health',
  ]
  return tryAll(paths, async (path) => {
    const { headers } = await ask(path)
    const wanted = [...EVERYWHERE, ...(url.startsWith('https:') ? ['strict-transport-security'] : [])]
    const missing = wanted.filter((name) => !headers.get(name))
    const told = ['x-powered-by', 'server'].filter((name) => headers.get(name))
    const broke = [...missing.map((name) => `no ${name}`), ...told.map((name) => `tells ${name}`)].join(', ')
    return { what: `headers of ${path}`, broke: broke || null }
  })
}
