import 'server-only'
import { entriesOf, type Journal } from '#lib/domain/journal.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import type { Transaction } from '../client.ts'
import { journals, ledgerEntries } from './schema.ts'

/** What a journal books, and by what it is booked once. */
export type JournalSource =
  /** Money that a provider told us of. */
  | { readonly paymentEventId: bigint }
  /** Anything else, by the table it stands in and its id there: `order_event:17`, `bill_line:…`, `incident:…`. */
  | { readonly reference: `${string}:${string}` }

export type Booked = {
  readonly source: JournalSource
  /** Null where no order of ours is concerned. */
  readonly orderId: string | null
  readonly provider: ProviderName
  readonly currency: string
}

/**
 * Writes a journal in its caller's transaction, with the change that it books. The lone writer of the ledger besides
 * `capture-attempt.ts`.
 * @returns false when its source was booked before; then nothing was written.
 */
export async function bookJournal(
  tx: Transaction,
  journal: Journal,
  { source, orderId, provider, currency }: Booked,
): Promise<boolean> {
  const [written] = await tx
    .insert(journals)
    .values({ kind: journal.kind, orderId, ...source })
    .onConflictDoNothing()
    .returning({ id: journals.id })
  if (!written) return false
  await tx.insert(ledgerEntries).values(
    entriesOf(journal).map(({ account, amount }) => ({
      journalId: written.id,
      account,
      provider,
      amountFen: amount,
      currency,
    })),
  )
  return true
}
