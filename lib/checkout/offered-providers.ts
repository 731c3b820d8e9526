import type { PaymentProvider, ProviderName } from '#lib/payments/port.ts'
import { scenesFor } from './device-scenes.ts'

/** The providers that are set up and work where the shopper is; all of them where none would be left. */
export function providersFor(
  headers: Pick<Headers, 'get'>,
  providers: ReadonlyMap<ProviderName, Pick<PaymentProvider, 'scenes'>>,
): readonly ProviderName[] {
  const scenes = scenesFor(headers)
  const fitting = [...providers].filter(([, provider]) => provider.scenes.some((scene) => scenes.includes(scene)))
  return (fitting.length > 0 ? fitting : [...providers]).map(([name]) => name)
}
