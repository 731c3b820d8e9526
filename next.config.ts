import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts')

const nextConfig: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  typedRoutes: true,
  poweredByHeader: false,
  // The reverse proxy compresses better and cheaper; `npm start` compresses for itself (see scripts/start).
  experimental: { globalNotFound: true, inlineCss: true },
  images: {
    deviceSizes: [640, 828, 1200, 1920],
    imageSizes: [256, 384],
    formats: ['image/avif', 'image/webp'],
    localPatterns: [{ pathname: '/photos/**', search: '' }],
    minimumCacheTTL: 31_536_000,
    maximumRedirects: 0,
  },
}

export default withNextIntl(nextConfig)
