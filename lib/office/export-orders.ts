import 'server-only'
import { type ListedOrder, listOrders } from '#db/office/list-orders.ts'
import { writeCsvLine } from '../domain/csv.ts'
import type { Locale } from '../domain/locale.ts'
import { toYuan } from '../domain/money.ts'
import type { OrderCursor, OrderFilter } from '../domain/order-list.ts'
import type { Permit } from '../domain/permissions.ts'
import { toShanghaiTime } from '../domain/shanghai-time.ts'
import { translator } from '../i18n/translator.ts'

/** Orders read for one piece of the file: all that is held of it at a time. */
const BATCH = 500
/** Spreadsheets take a file without it for their own encoding. */
const BYTE_ORDER_MARK = '\ufeff'

const COLUMNS = [
  'number',
  'placed',
  'customer',
  'email',
  'phone',
  'pieces',
  'units',
  'state',
  'payment',
  'fulfilment',
  'paidWith',
  'total',
  'refunded',
] as const

/** The orders that a filter lets through as a CSV file, newest first, batch by batch: amounts in yuan, times of Shanghai. */
export async function* exportOrders(
  permit: Permit<'orders.read'>,
  filter: OrderFilter,
  locale: Locale,
): AsyncGenerator<string, void> {
  const t = translator(locale)
  yield BYTE_ORDER_MARK + writeCsvLine(COLUMNS.map((column) => t(`officeOrders.columns.${column}`)))
  for (let after: OrderCursor | null = null, first = true; first || after !== null; first = false) {
    const page: Awaited<ReturnType<typeof listOrders>> = await listOrders(permit, filter, { after, limit: BATCH })
    yield page.orders.map((order) => writeCsvLine(cells(order, locale))).join('')
    after = page.next
  }
}

function cells(order: ListedOrder, locale: Locale): readonly string[] {
  const t = translator(locale)
  return [
    order.number,
    toShanghaiTime(order.placedAt),
    order.recipient ?? '',
    order.email,
    order.phone,
    order.firstName[locale],
    String(order.units),
    t(`officeOrders.state.${order.state}`),
    t(`officeOrders.payment.${order.payment}`),
    t(`officeOrders.fulfilment.${order.fulfilment}`),
    order.provider ? t(`order.provider.${order.provider}`) : '',
    toYuan(order.totalFen),
    toYuan(order.refundedFen),
  ]
}
