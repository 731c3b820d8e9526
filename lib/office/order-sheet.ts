import 'server-only'
import { type ListedOrder, listOrders } from '#db/office/list-orders.ts'
import type { Locale } from '../domain/locale.ts'
import type { OrderCursor, OrderFilter } from '../domain/order-list.ts'
import type { Permit } from '../domain/permissions.ts'
import { translator } from '../i18n/translator.ts'
import type { Sheet, SheetRow } from '../spreadsheet/sheet.ts'

/** Orders read at a time: all that is held of them. */
const BATCH = 500

/** The columns of an exported list, each with how many letters wide it is. */
const COLUMNS = {
  number: 22,
  placed: 19,
  customer: 18,
  email: 28,
  phone: 17,
  pieces: 28,
  units: 7,
  state: 20,
  payment: 20,
  fulfilment: 18,
  paidWith: 14,
  total: 12,
  refunded: 12,
} as const

/**
 * The orders that a filter lets through as a table, newest first.
 * @param onPage is told of each page that was read, with how many orders are known to be in all.
 * @param signal ends it between two pages.
 */
export function orderSheet(
  { permit, filter, locale }: { permit: Permit<'orders.read'>; filter: OrderFilter; locale: Locale },
  onPage: (orders: number, count: number | null) => Promise<void>,
  signal: AbortSignal,
): Sheet {
  const t = translator(locale)
  async function* batches(): AsyncGenerator<readonly SheetRow[]> {
    for (let after: OrderCursor | null = null, first = true; first || after !== null; first = false) {
      signal.throwIfAborted()
      const page: Awaited<ReturnType<typeof listOrders>> = await listOrders(permit, filter, { after, limit: BATCH })
      await onPage(page.orders.length, page.count)
      yield page.orders.map((order) => rowOf(order, locale))
      after = page.next
    }
  }
  const columns = Object.entries(COLUMNS) as [keyof typeof COLUMNS, number][]
  return {
    name: t('officeOrders.exports.sheet'),
    columns: columns.map(([column, width]) => ({ head: t(`officeOrders.columns.${column}`), width })),
    batches: batches(),
  }
}

function rowOf(order: ListedOrder, locale: Locale): SheetRow {
  const t = translator(locale)
  return [
    order.number,
    { at: order.placedAt },
    order.recipient ?? '',
    order.email,
    order.phone,
    order.firstName[locale],
    { count: order.units },
    t(`officeOrders.state.${order.state}`),
    t(`officeOrders.payment.${order.payment}`),
    t(`officeOrders.fulfilment.${order.fulfilment}`),
    order.provider ? t(`order.provider.${order.provider}`) : '',
    { fen: order.totalFen },
    { fen: order.refundedFen },
  ]
}
