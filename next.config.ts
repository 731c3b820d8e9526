import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts')

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
  experimental: { globalNotFound: true, isrFlushToDisk: false, authInterrupts: true },
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
    { source: '/photos/:path*', headers: [{ key: 'cache-control', value: 'public, max-age=2592000' }] },
  ],
}

export default withNextIntl(nextConfig)
