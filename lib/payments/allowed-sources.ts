import { type IpRange, isInRanges, parseRanges } from '../http/ip-ranges.ts'
import type { ProviderName } from './port.ts'

/**
 * Where providers say that their notifications come from. WeChat Pay: “回调通知注意事项”, of 2024-07-25
 * (pay.weixin.qq.com/doc/v3/merchant/4012075420). Alipay and UnionPay publish no list that we know of: an operator who
 * was given one sets it.
 */
export const PUBLISHED_RANGES: Readonly<Record<ProviderName, string>> = {
  alipay: '',
  wechatpay: [
    ...['101.226.103.0/25', '140.207.54.0/25', '121.51.58.128/25', '183.3.234.0/25', '58.251.80.0/25'],
    ...['121.51.30.128/25', '203.205.219.128/25', '175.24.214.208', '175.24.211.24', '175.24.213.135'],
    ...['109.244.180.23', '114.132.203.119', '43.139.43.69'],
  ].join(' '),
  unionpay: '',
}

type Values = Readonly<Record<string, string | undefined>>
export type AllowedSources = {
  /** `observe`: who is not listed is heard and told of. `enforce`: turned away before a byte is read. */
  readonly mode: 'observe' | 'enforce'
  /** Null where there is no list: everybody is heard, the signature decides. */
  readonly ranges: ReadonlyMap<ProviderName, readonly IpRange[] | null>
}

/**
 * `NOTIFY_SOURCES` (observe, enforce) and `NOTIFY_SOURCES_ALIPAY` … with addresses and ranges. In sandbox mode providers
 * are on this machine, so nothing is listed unless one says so.
 * @throws {RangeError} that names the setting.
 */
export function readAllowedSources(values: Values): AllowedSources {
  const mode = values['NOTIFY_SOURCES'] || 'observe'
  if (mode !== 'observe' && mode !== 'enforce') throw new RangeError('NOTIFY_SOURCES must be observe or enforce')
  const published = values['PAYMENTS_MODE'] !== 'sandbox'
  const listOf = (provider: ProviderName) => {
    const setting = `NOTIFY_SOURCES_${provider.toUpperCase()}`
    try {
      const ranges = parseRanges(values[setting] || (published ? PUBLISHED_RANGES[provider] : ''))
      return [provider, ranges.length > 0 ? ranges : null] as const
    } catch (error) {
      throw new RangeError(`${setting}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return { mode, ranges: new Map((['alipay', 'wechatpay', 'unionpay'] as const).map(listOf)) }
}

/** What becomes of a message by the address that it came from. The signature is the proof; this is a second fence. */
export function judgeSource({ mode, ranges }: AllowedSources, provider: ProviderName, ip: string) {
  const listed = ranges.get(provider)
  if (!listed || isInRanges(ip, listed)) return 'listed'
  return mode === 'enforce' ? 'turned_away' : 'unlisted'
}
