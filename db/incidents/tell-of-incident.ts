import 'server-only'
import type { Transaction } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'

/** Has the operator told of an incident by every way that is set up, once this transaction commits. */
export async function tellOfIncident(tx: Transaction, incidentId: string): Promise<void> {
  const tell = (channel: 'mail' | 'webhook') => ({ name: 'tell-operator', data: { incidentId, channel } }) as const
  await enqueue(tx, tell('mail'), tell('webhook'))
}
