import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts')

const nextConfig: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  typedRoutes: true,
  poweredByHeader: false,
  // The reverse proxy compresses better and cheaper; `npm start` compresses for itself (see scripts/start).
  images: {
    formats: ['image/avif', 'image/webp'],
    localPatterns: [{ pathname: '/photos/**', search: '' }],
    minimumCacheTTL: 31_536_000,
    maximumRedirects: 0,
  },
}

export default withNextIntl(nextConfig)
