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

export const isHttps = (values: Values): boolean => values['PUBLIC_URL']?.startsWith('https:') ?? false
