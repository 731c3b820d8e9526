import type { X509Certificate } from 'node:crypto'
import { complainAboutPractice } from '../practice-rules.ts'
import type { PaymentsContext, SettingsReader } from '../settings-reader.ts'

const LIVE_HOSTS = { UNIONPAY_GATEWAY_URL: 'gateway.95516.com', UNIONPAY_FILE_URL: 'filedownload.95516.com' } as const
/** Merchants of the public test environment. */
const TEST_MERCHANT = /^777290058/

type Claims = {
  readonly merId: string | null
  readonly gatewayUrl: string
  readonly fileUrl: string
  readonly certificates: readonly { readonly name: string; readonly certificate: X509Certificate }[]
}

/** Play money and real money never meet: a live shop takes nothing of the sandbox, and a sandbox nothing live. */
export function complainAboutMode(reader: SettingsReader, { mode }: PaymentsContext, claims: Claims): void {
  const addresses = { UNIONPAY_GATEWAY_URL: claims.gatewayUrl, UNIONPAY_FILE_URL: claims.fileUrl }
  for (const name of ['UNIONPAY_GATEWAY_URL', 'UNIONPAY_FILE_URL'] as const) {
    const url = URL.canParse(addresses[name]) ? new URL(addresses[name]) : null
    const isLive = url?.protocol === 'https:' && url.hostname === LIVE_HOSTS[name]
    if (mode === 'sandbox' && isLive) reader.complain(`${name} is the live gateway, but PAYMENTS_MODE is sandbox.`)
    if (mode === 'production' && url && !isLive) {
      reader.complain(`${name} is ${url.origin}; in production it must be https://${LIVE_HOSTS[name]}.`)
    }
  }
  if (mode === 'sandbox') return
  if (claims.merId !== null && TEST_MERCHANT.test(claims.merId)) {
    reader.complain(`UNIONPAY_MER_ID ${claims.merId} is a test merchant; in production it takes no money.`)
  }
  complainAboutPractice(reader, {
    certificates: claims.certificates,
    files: ['UNIONPAY_PFX_FILE', 'UNIONPAY_PRIVATE_KEY_FILE', 'UNIONPAY_ROOT_CERTIFICATE_FILE'],
  })
}
