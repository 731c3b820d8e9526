import 'server-only'
import { PROBE_EVERY_MS } from '#lib/domain/risk/provider-circuit.ts'
import { log } from '#lib/log.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { db } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { providerCalls } from './schema.ts'

export type RecordedCall = {
  readonly provider: ProviderName
  readonly call: 'create' | 'query' | 'probe'
  readonly answered: boolean
  readonly startedAt: Date
  /** Of a beginning of a payment: by which way, of which order, and whether the provider refused it. */
  readonly scene?: string
  readonly order?: string
  readonly refused?: boolean
}

/** Notes how a call went, and has one without an answer followed by a probe. Never fails what the call was made for. */
export async function recordCall({ startedAt, ...noted }: RecordedCall, now = new Date()): Promise<void> {
  const { provider, answered } = noted
  try {
    const tookMs = Math.max(0, now.getTime() - startedAt.getTime())
    await db.insert(providerCalls).values({ ...noted, tookMs, at: now })
    if (answered) return
    const startAfter = new Date(now.getTime() + PROBE_EVERY_MS)
    await enqueue(db, { name: 'probe-provider', data: { provider }, startAfter })
  } catch (err) {
    log.warn({ err, provider }, 'a call was not noted')
  }
}
