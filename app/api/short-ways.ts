import type { ShortWay } from '#lib/http/short-ways.ts'

/** What a purchase posts, and what providers tell of it: the doors that have to bear a rush. */
export const SHORT_WAYS: readonly ShortWay[] = [
  {
    path: /^\/api\/notify\/([a-z]+)$/,
    door: async () => {
      const { POST } = await import('./notify/[provider]/route.ts')
      return (request, provider) => POST(request, { params: Promise.resolve({ provider }) })
    },
  },
  { path: /^\/api\/cart$/, door: async () => (await import('./cart/route.ts')).POST },
  { path: /^\/api\/checkout$/, door: async () => (await import('./checkout/route.ts')).POST },
  {
    path: /^\/api\/orders\/([\w-]+)\/pay$/,
    door: async () => {
      const { POST } = await import('./orders/[secret]/pay/route.ts')
      return (request, secret) => POST(request, { params: Promise.resolve({ secret }) })
    },
  },
]
