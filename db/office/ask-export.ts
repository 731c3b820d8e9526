import 'server-only'
import type { Locale } from '#lib/domain/locale.ts'
import type { ExportFormat } from '#lib/domain/order-export.ts'
import type { OrderFilter } from '#lib/domain/order-list.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { orderExports } from './schema.ts'

export type AskExport = {
  /** Made by the form: two clicks are one file. */
  readonly id: string
  readonly format: ExportFormat
  readonly locale: Locale
  readonly filter: OrderFilter
  readonly ip: string
}

/** Has the worker write a list of orders to a file. The log notes who takes which list out of the house. */
export const askExport = (permit: Permit<'orders.export'>, { ip, ...asked }: AskExport): Promise<void> =>
  db.transaction(async (tx) => {
    const written = await tx
      .insert(orderExports)
      .values({ ...asked, staffId: permit.staffId })
      .onConflictDoNothing()
      .returning({ id: orderExports.id })
    if (written.length === 0) return
    const { id, format, filter } = asked
    // What was typed may be a shopper's name; the log cannot be erased.
    const { text: _typed, ...narrowed } = filter
    await appendAuditEntry(tx, {
      actor: staffActor(permit),
      action: 'orders.export',
      about: { kind: 'order_export', id },
      after: { format, ...narrowed },
      ip,
    })
    await enqueue(tx, { name: 'write-order-export', data: { exportId: id } })
  })
