import 'server-only'
import { z } from 'zod'
import { shouldProbe } from '#db/providers/begin-probe.ts'
import { recordCall } from '#db/providers/record-call.ts'
import { PROVIDER_NAMES, type ProviderName } from '../payments/port.ts'
import { type PaymentRegistry, paymentProviders } from '../payments/registry.ts'
import { defineJob } from './job.ts'

/** Asks an unreachable provider whether it is back. */
export const probeProviderJob = defineJob({
  name: 'probe-provider',
  data: z.object({ provider: z.enum(PROVIDER_NAMES) }),
  run: ({ provider }, { now }) => probeProvider(paymentProviders(), provider, now),
})

/** A number that we never give, so that any answer will do: “no such trade” is as good as any. */
const NOBODYS = '000000000000000000'

/** One probe. One without an answer is followed by the next (`recordCall`); otherwise the provider is offered again. */
export async function probeProvider(
  providers: PaymentRegistry,
  name: ProviderName,
  now: Date,
  clock = () => new Date(),
) {
  const provider = providers.get(name)
  if (!provider || !(await shouldProbe(name, now))) return { probed: false }
  const startedAt = clock()
  const answer = await provider.query({ outTradeNo: NOBODYS, startedAt })
  const answered = answer.ok || !['unknown', 'untrusted'].includes(answer.error.code)
  await recordCall({ provider: name, call: 'probe', answered, startedAt }, clock())
  return { probed: true, answered }
}
