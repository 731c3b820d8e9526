import 'server-only'
import { mkdtempDisposable, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bookBillFees } from '#db/reconciliation/book-bill-fees.ts'
import { type BillProgress, importBill } from '#db/reconciliation/import-bill.ts'
import { keepBillFile } from '#db/reconciliation/keep-bill-file.ts'
import { postponeBillDay } from '#db/reconciliation/postpone-bill-day.ts'
import { refuseBillFile } from '#db/reconciliation/refuse-bill-file.ts'
import { restoreBillFile } from '#db/reconciliation/restore-bill-file.ts'
import { billWindow } from '../domain/bill-day.ts'
import type { BillError } from '../payments/errors.ts'
import type { PaymentProvider } from '../payments/port.ts'
import { err, ok, type Result } from '../result.ts'
import { agreedFee } from './agreed-fee.ts'

export type DayToReconcile = {
  readonly provider: PaymentProvider
  /** `yyyy-MM-dd` of the provider's calendar. */
  readonly day: string
  /** `kept` reads the newest bill that was kept instead of asking for one. */
  readonly from: 'provider' | 'kept'
  readonly feeBasisPoints?: number | null
  readonly onProgress?: BillProgress
}

export type NotReconciled = {
  /** `waiting`: there is no bill, or none could be had. `refused`: the bill is corrupt; it was kept. */
  readonly code: 'waiting' | 'refused'
  readonly reason: string
}
type Bill = { readonly fileId: string; readonly path: string } | null

/**
 * Matches one day of one provider with its bill: fetched, kept as it came, read to its end, laid beside our book, fees
 * booked. Safe to repeat and to interrupt; a day whose bill cannot be had or believed is put off, never given up.
 */
export async function reconcileDay(
  { provider, day, from, feeBasisPoints = agreedFee(provider.name), onProgress = () => undefined }: DayToReconcile,
  now: Date,
): Promise<Result<'matched', NotReconciled>> {
  const folder = await mkdtempDisposable(join(tmpdir(), 'bill-'))
  try {
    const path = join(folder.path, 'bill')
    const ofDay = { provider: provider.name, day }
    const bill = await (from === 'kept' ? restoreBill(ofDay, path) : fetchBill(provider, day, path, now))
    if (!bill.ok) return bill

    const imported = await importBill({
      ...ofDay,
      terms: { window: billWindow(day, provider.billDay.startsAt), feeBasisPoints },
      bill: bill.value && {
        fileId: bill.value.fileId,
        read: (take) => provider.readBill(day, path, take),
      },
      now,
      onProgress,
    })
    if (!imported.ok) return refuse(ofDay, { reason: imported.error.reason, fileId: bill.value?.fileId ?? null }, now)
    await bookBillFees(ofDay)
    return imported
  } finally {
    await folder.remove()
  }
}

type OfDay = { readonly provider: PaymentProvider['name']; readonly day: string }

async function restoreBill(ofDay: OfDay, path: string): Promise<Result<Bill, NotReconciled>> {
  const fileId = await restoreBillFile(ofDay, path)
  return fileId ? ok({ fileId, path }) : err({ code: 'waiting', reason: 'no bill of that day was kept' })
}

async function fetchBill(
  provider: PaymentProvider,
  day: string,
  path: string,
  now: Date,
): Promise<Result<Bill, NotReconciled>> {
  const ofDay = { provider: provider.name, day }
  const fetched = await provider.downloadBill(day, path)
  if (fetched.ok && fetched.value === 'no_trades') return ok(null)
  const fileId =
    (await exists(path)) && (fetched.ok || fetched.error.code === 'corrupt')
      ? await keepBillFile(ofDay, path, now)
      : null
  if (fetched.ok && fileId) return ok({ fileId, path })
  if (fetched.ok) throw new Error(`${provider.name} kept no bill of ${day} where it was told to`)
  if (fetched.error.code === 'corrupt') return refuse(ofDay, { reason: fetched.error.reason, fileId }, now)

  const reason = wordsFor(fetched.error)
  const until = fetched.error.code === 'not_ready' ? fetched.error.readyAt : null
  await postponeBillDay(ofDay, { state: 'waiting', problem: reason, fileId: null, until }, now)
  return err({ code: 'waiting', reason })
}

async function refuse(
  ofDay: OfDay,
  { reason, fileId }: { readonly reason: string; readonly fileId: string | null },
  now: Date,
): Promise<Result<never, NotReconciled>> {
  if (fileId) await refuseBillFile(fileId, reason)
  await postponeBillDay(ofDay, { state: 'refused', problem: reason, fileId, until: null }, now)
  return err({ code: 'refused', reason })
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

function wordsFor(error: Exclude<BillError, { code: 'corrupt' }>): string {
  switch (error.code) {
    case 'not_ready':
      return `the bill is not ready before ${error.readyAt.toISOString()}`
    case 'refused':
      return `the provider refuses: ${error.providerCode} ${error.message}`
    case 'untrusted':
      return `an answer without a signature that holds: ${error.claim}`
    case 'rate_limited':
      return 'the provider was asked too often'
    case 'invalid_request':
    case 'unknown':
      return error.reason
  }
}
