import type { NextConfig } from 'next'
import { PHASE_PRODUCTION_SERVER } from 'next/constants.js'
import { commonHeaders, OWN_SITE_ONLY, sharedHeaders } from './lib/http/security-headers.ts'

/** Rooms of one person, whose pages get their policy with a nonce from `proxy.ts`. */
const PERSONAL = '(?:en|fr|zh)/(?:checkout|order|account|admin)(?:/|$)'
const development = process.env.NODE_ENV === 'development'

const nextConfig: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  typedRoutes: true,
  poweredByHeader: false,
  // Written into the build: a server replays what was invalidated since (lib/freshness).
  env: { BUILD_STARTED_AT: new Date().toISOString() },
  // Pages made or renewed at run time stay in memory (its oldest go first): on disk they would pile up with the
  // catalogue, and one process would read from there what another rendered before it heard of a change.
  // `authInterrupts`: a page or an action that somebody may not use answers 403.
  // `serverActions`: a shopper's request may bring six photographs.
  experimental: {
    globalNotFound: true,
    isrFlushToDisk: false,
    authInterrupts: true,
    serverActions: { bodySizeLimit: '64mb' },
  },
  /**
   * Nonsense is answered by the one static 404 before it reaches a route: an address that Next renders, even as not
   * found, takes a place in its cache, and robots try addresses without end. Runs after files and fixed routes, before
   * those with parameters; a new top-level route with parameters must be named here.
   */
  rewrites: async () => ({
    beforeFiles: [],
    afterFiles: [
      { source: '/:first((?!(?:en|fr|zh|api|admin|photos|sitemap|_next)(?:/|$)).+)', destination: '/_not-found' },
      { source: '/:locale/:room(product|category)/:slug((?![a-z0-9-]{1,80}(?:/|$)).+)', destination: '/_not-found' },
    ],
    fallback: [],
  }),
  // Photographs are made in their sizes ahead of time (lib/photos/photo-sizes.ts): no encoder that anyone could keep busy.
  images: { unoptimized: true },
  // A photograph does not change under its name; a month, since the answer that there is none is kept as long.
  headers: async () => [
    { source: '/:path*', headers: commonHeaders(process.env) },
    { source: `/:path((?!${PERSONAL}).*)`, headers: sharedHeaders(process.env, development) },
    { source: '/:path((?!photos/).*)', headers: [OWN_SITE_ONLY] },
    { source: '/photos/:path*', headers: [{ key: 'cache-control', value: 'public, max-age=2592000' }] },
  ],
}

/** next-intl's plugin only tells the build where the words are; it brings a compiler that a server needs not install. */
export default async function configure(phase: string): Promise<NextConfig> {
  if (phase === PHASE_PRODUCTION_SERVER) return nextConfig
  const { default: createNextIntlPlugin } = await import('next-intl/plugin')
  return createNextIntlPlugin('./lib/i18n/request.ts')(nextConfig)
}
