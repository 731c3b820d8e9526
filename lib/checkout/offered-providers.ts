import type { PaymentProvider, ProviderName, Scene } from '#lib/payments/port.ts'

/** What leads somewhere on a device: a code on a phone's own screen can't be scanned by it. */
const WORKS_ON: Readonly<Record<'computer' | 'phone', readonly Scene['kind'][]>> = {
  computer: ['page', 'qr', 'form'],
  phone: ['wap', 'h5', 'form'],
}

/** A browser says so itself, or by its name. A wrong guess costs a detour, never money. */
function deviceOf(headers: Pick<Headers, 'get'>): keyof typeof WORKS_ON {
  const hint = headers.get('sec-ch-ua-mobile')
  const isPhone = hint === null ? /Mobile|Android|iPhone|iPad/.test(headers.get('user-agent') ?? '') : hint === '?1'
  return isPhone ? 'phone' : 'computer'
}

/** The providers that are set up and work on the shopper's device; all of them where none would be left. */
export function providersFor(
  headers: Pick<Headers, 'get'>,
  providers: ReadonlyMap<ProviderName, Pick<PaymentProvider, 'scenes'>>,
): readonly ProviderName[] {
  const scenes = WORKS_ON[deviceOf(headers)]
  const fitting = [...providers].filter(([, provider]) => provider.scenes.some((scene) => scenes.includes(scene)))
  return (fitting.length > 0 ? fitting : [...providers]).map(([name]) => name)
}
