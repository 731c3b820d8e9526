import { readFileSync } from 'node:fs'
import type { PaymentProvider, ProviderName } from '../../lib/payments/port.ts'
import { createRegistry, paymentProviders } from '../../lib/payments/registry.ts'

/** Providers as in a process that has just started: none has fetched a key or a certificate yet. */
export function renewProviders(): void {
  const fresh = createRegistry(process.env, { readFile: (path) => readFileSync(path), clock: () => new Date() })
  const used = paymentProviders() as Map<ProviderName, PaymentProvider>
  for (const [name, provider] of fresh) used.set(name, provider)
}
