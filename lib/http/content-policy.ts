type Values = Readonly<Record<string, string | undefined>>

/** Where each provider's own pages send a form on to: browsers ask the policy at every step of the way. */
const CASHIERS = [
  { prefix: 'ALIPAY_', gateway: 'ALIPAY_GATEWAY_URL', hosts: ['https://*.alipay.com', 'https://*.alipaydev.com'] },
  {
    prefix: 'WECHATPAY_',
    gateway: 'WECHATPAY_GATEWAY_URL',
    hosts: ['https://wx.tenpay.com', 'https://*.weixin.qq.com'],
  },
  { prefix: 'UNIONPAY_', gateway: 'UNIONPAY_GATEWAY_URL', hosts: ['https://*.95516.com'] },
] as const

/** The origins that a form of ours may lead to, by the settings of the providers; only those that are set up. */
export function cashierOrigins(values: Values): readonly string[] {
  return CASHIERS.flatMap(({ prefix, gateway, hosts }) => {
    if (!Object.entries(values).some(([name, value]) => name.startsWith(prefix) && value)) return []
    const own = values[gateway]
    return own && URL.canParse(own) ? [new URL(own).origin] : hosts
  })
}

/**
 * The content policy of a page with a nonce: our own files and what carries the nonce, nothing else.
 * @param nonce of this one answer, base64.
 * @param formTargets origins beside our own that a form may lead to.
 */
export function contentPolicy(nonce: string, options: PolicyOptions): string {
  // React rebuilds server stacks with eval, in development only.
  const scripts = `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${options.development ? " 'unsafe-eval'" : ''}`
  return [scripts, ...contentRules(options)].join('; ')
}

type PolicyOptions = {
  readonly formTargets: readonly string[]
  readonly development: boolean
  /** Reached by https: then nothing is to be fetched without. */
  readonly https?: boolean
}

/** What every page may do, whichever scripts it runs. */
export function contentRules({ formTargets, development, https = false }: PolicyOptions): string[] {
  return [
    "default-src 'self'",
    `style-src 'self'${development ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
    'report-uri /api/reports',
    'report-to csp',
  ]
}
