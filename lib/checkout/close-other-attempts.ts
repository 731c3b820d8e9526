import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { listOpenAttempts } from '#db/payments/list-open-attempts.ts'
import type { ProviderName, Scene } from '../payments/port.ts'
import type { PaymentRegistry } from '../payments/registry.ts'
import { closeAtProvider } from './close-at-provider.ts'

/** For how long a shopper waits for the gateway that they turn away from, which may be the one that is down. */
const PATIENCE_MS = 4_000

/**
 * Ends, at their providers first, the attempts by other ways than the one that a shopper is about to take. One that
 * can't be ended just now does not hold them up: its money, should it come, is a surplus that goes back.
 * @returns `settled` when one of them turned out to be paid: then nothing more is to be paid.
 */
export async function closeOtherAttempts(
  providers: PaymentRegistry,
  { orderId, provider, scene }: { orderId: string; provider: ProviderName; scene: Scene['kind'] },
  now: Date = new Date(),
): Promise<'settled' | 'go_on'> {
  const open = await listOpenAttempts(orderId)
  const others = open.filter((attempt) => attempt.provider !== provider || attempt.scene !== scene)
  const closing = others.map(async (attempt) => {
    const asked = providers.get(attempt.provider)
    const closed = asked && (await closeAtProvider(asked, attempt, now))
    return closed?.state === 'settled' ? 'settled' : 'go_on'
  })
  const ends = await Promise.all(closing.map((end) => Promise.race([end, delay(PATIENCE_MS, 'go_on', { ref: false })])))
  return ends.includes('settled') ? 'settled' : 'go_on'
}
