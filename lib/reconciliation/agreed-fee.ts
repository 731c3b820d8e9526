import 'server-only'
import { env } from '../env.ts'
import type { ProviderName } from '../payments/port.ts'

/** What a provider may keep by contract, in hundredths of a percent; null when the settings do not say. */
export function agreedFee(provider: ProviderName): number | null {
  const settings = {
    alipay: env.FEE_BASIS_POINTS_ALIPAY,
    wechatpay: env.FEE_BASIS_POINTS_WECHATPAY,
    unionpay: env.FEE_BASIS_POINTS_UNIONPAY,
  } as const satisfies Record<ProviderName, number | undefined>
  return settings[provider] ?? null
}
