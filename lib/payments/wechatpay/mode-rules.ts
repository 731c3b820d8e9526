import type { X509Certificate } from 'node:crypto'
import { complainAboutPractice } from '../practice-rules.ts'
import type { PaymentsContext, SettingsReader } from '../settings-reader.ts'

const LIVE_HOST = /^api\d?\.mch\.weixin\.qq\.com$/

type Claims = { readonly hosts: readonly string[]; readonly certificate: X509Certificate | null }

/** Play money and real money never meet: a live shop takes nothing of a sandbox, and a sandbox nothing live. */
export function complainAboutMode(
  reader: SettingsReader,
  { mode }: PaymentsContext,
  { hosts, certificate }: Claims,
): void {
  for (const url of hosts.filter((host) => URL.canParse(host)).map((host) => new URL(host))) {
    const isLive = LIVE_HOST.test(url.hostname)
    if (mode === 'sandbox' && isLive) {
      reader.complain('WECHATPAY_GATEWAY_URL is the live gateway, but PAYMENTS_MODE is sandbox.')
    }
    if (mode === 'production' && !(isLive && url.protocol === 'https:')) {
      reader.complain(`WECHATPAY_GATEWAY_URL is ${url.origin}; in production it must be https://api.mch.weixin.qq.com.`)
    }
  }
  if (mode === 'sandbox') return
  complainAboutPractice(reader, {
    certificates: certificate ? [{ name: 'merchant certificate', certificate }] : [],
    files: ['WECHATPAY_PRIVATE_KEY_FILE', 'WECHATPAY_PUBLIC_KEY_FILE', 'WECHATPAY_API_V3_KEY_FILE'],
  })
  for (const name of ['WECHATPAY_AUTHORIZE_URL', 'WECHATPAY_OPENID_URL']) {
    const url = reader.value(name)
    if (url !== null && !/^https:\/\/[a-z0-9.-]+\.weixin\.qq\.com\//.test(url)) {
      reader.complain(`${name} is ${url}; in production it must be an https address of weixin.qq.com.`)
    }
  }
}
