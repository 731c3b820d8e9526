import { contentRules } from './content-policy.ts'

type Header = { readonly key: string; readonly value: string }
type Values = Readonly<Record<string, string | undefined>>

/** Where browsers send what a policy stopped. */
export const REPORTS_PATH = '/api/reports'

/** On every answer, whatever it is. A page of one shopper has its own referrer and content policy besides (`proxy.ts`). */
export function commonHeaders(values: Values): Header[] {
  return [
    ...(isHttps(values) ? [{ key: 'strict-transport-security', value: 'max-age=63072000; includeSubDomains' }] : []),
    { key: 'x-content-type-options', value: 'nosniff' },
    { key: 'x-frame-options', value: 'DENY' },
    {
      key: 'permissions-policy',
      value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    },
    { key: 'cross-origin-opener-policy', value: 'same-origin' },
    { key: 'reporting-endpoints', value: `csp="${REPORTS_PATH}"` },
  ]
}

/**
 * The policy of prerendered pages. They are made once for everybody, so no nonce can be in them, and the scripts that
 * bring their content to life stand in the page: inline ones must run. Nothing that a visitor writes is on such a page.
 */
export function staticPolicy(values: Values, development: boolean): string {
  const scripts = `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ''}`
  return [scripts, ...contentRules({ formTargets: [], development, https: isHttps(values) })].join('; ')
}

/** On every answer but those to one person, which `proxy.ts` gives theirs. */
export const sharedHeaders = (values: Values, development: boolean): Header[] => [
  { key: 'content-security-policy', value: staticPolicy(values, development) },
  { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
]

/** On every answer but photographs, which readers of the feed show and those who share a piece. */
export const OWN_SITE_ONLY: Header = { key: 'cross-origin-resource-policy', value: 'same-origin' }

/** All that `next.config.ts` gives to an answer below `/api`, for one that does not pass through Next. */
export const apiHeaders = (values: Values): Header[] => [
  ...commonHeaders(values),
  ...sharedHeaders(values, false),
  OWN_SITE_ONLY,
]

export const isHttps = (values: Values): boolean => values['PUBLIC_URL']?.startsWith('https:') ?? false
