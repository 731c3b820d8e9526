import { resolve } from 'node:path'
import type { NextConfig } from 'next'

/** The smallest shop-less Next app: what the framework alone can do on this machine, in the same run as ours. */
const nextConfig: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  poweredByHeader: false,
  turbopack: { root: resolve(import.meta.dirname, '../..') },
}

export default nextConfig
