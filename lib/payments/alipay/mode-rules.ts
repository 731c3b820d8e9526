import type { X509Certificate } from 'node:crypto'
import { complainAboutPractice } from '../practice-rules.ts'
import type { PaymentsContext, SettingsReader } from '../settings-reader.ts'

/** Application numbers that Alipay gives out in its own sandbox. */
const SANDBOX_APP_ID = /^(9021|2021000)/
const LIVE_HOST = 'openapi.alipay.com'

type Claims = {
  readonly appId: string | null
  readonly gatewayUrl: string
  readonly certificates: readonly { readonly name: string; readonly certificate: X509Certificate }[]
}

/** Play money and real money never meet: a live shop takes nothing of the sandbox, and a sandbox nothing live. */
export function complainAboutMode(reader: SettingsReader, { mode }: PaymentsContext, claims: Claims): void {
  const url = URL.canParse(claims.gatewayUrl) ? new URL(claims.gatewayUrl) : null
  if (mode === 'sandbox') {
    if (url?.hostname === LIVE_HOST)
      reader.complain('ALIPAY_GATEWAY_URL is the live gateway, but PAYMENTS_MODE is sandbox.')
    return
  }
  if (url && (url.protocol !== 'https:' || url.hostname !== LIVE_HOST)) {
    reader.complain(`ALIPAY_GATEWAY_URL is ${url.origin}; in production it must be https://${LIVE_HOST}.`)
  }
  if (claims.appId !== null && SANDBOX_APP_ID.test(claims.appId)) {
    reader.complain(
      `ALIPAY_APP_ID ${claims.appId} is an application of Alipay’s sandbox; in production it takes no money.`,
    )
  }
  complainAboutPractice(reader, {
    certificates: claims.certificates,
    files: ['ALIPAY_PRIVATE_KEY_FILE', 'ALIPAY_PUBLIC_KEY_FILE'],
  })
}
