import type { HeadlineFigure } from '#components/office/figures/headline.tsx'
import { readConversion } from '#db/figures/read-conversion.ts'
import { readRefundFigures } from '#db/figures/read-refund-figures.ts'
import { readSales } from '#db/figures/read-sales.ts'
import { changeOf, type Period, shareOf } from '#lib/domain/figure-period.ts'
import { type Fen, sumFen, toFen, ZERO_FEN } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { formatChange, formatCount, formatShare } from '#lib/i18n/format-figure.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import type { InWords } from './office-words.ts'

/** The sums of a period. */
export type Totals = {
  readonly paid: Fen
  readonly orders: number
  /** Of sales, not of money that nobody owed. */
  readonly refunded: Fen
  /** Of the orders placed then; null for none. */
  readonly paidOfPlaced: number | null
}

export async function readTotals(permit: Permit<'figures.read'>, period: Period): Promise<Totals> {
  const [sales, refunds, conversion] = await Promise.all([
    readSales(permit, period, 'month'),
    readRefundFigures(permit, period, 'month'),
    readConversion(permit, period, 'month'),
  ])
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  return {
    paid: sumFen(sales.map(({ paid }) => paid)),
    orders: sum(sales.map(({ orders }) => orders)),
    refunded: sumFen(refunds.map(({ ofSales }) => ofSales)),
    paidOfPlaced: shareOf(sum(conversion.map(({ paid }) => paid)), sum(conversion.map(({ placed }) => placed))),
  }
}

/** A mean of fen, rounded down to the fen; nothing of nothing. */
const meanOf = ({ paid, orders }: Totals): Fen => (orders === 0 ? ZERO_FEN : toFen(paid / BigInt(orders)))

/** The sums in words, with how they changed. */
export function headlineFigures(now: Totals, before: Totals | null, { t, locale }: InWords): HeadlineFigure[] {
  const price = (amount: Fen) => formatPrice(amount, locale)
  const changed = (value: bigint, then: bigint | undefined, shown: string | undefined) => {
    const by = then === undefined ? null : changeOf(value, then)
    return by === null || shown === undefined ? null : t('changed', { by: formatChange(by, locale), from: shown })
  }
  const priced = (name: string, value: Fen, then: Fen | undefined) => ({
    name,
    value: price(value),
    change: changed(value, then, then === undefined ? undefined : price(then)),
  })
  const share = (basisPoints: number | null | undefined) =>
    basisPoints === null || basisPoints === undefined ? '–' : formatShare(basisPoints, locale)
  return [
    priced(t('paid'), now.paid, before?.paid),
    {
      name: t('orders'),
      value: formatCount(now.orders, locale),
      change: changed(
        BigInt(now.orders),
        before ? BigInt(before.orders) : undefined,
        before ? formatCount(before.orders, locale) : undefined,
      ),
    },
    priced(t('average'), meanOf(now), before ? meanOf(before) : undefined),
    priced(t('refunded'), now.refunded, before?.refunded),
    {
      name: t('paidOfPlaced'),
      value: share(now.paidOfPlaced),
      change: before?.paidOfPlaced == null ? null : t('was', { before: share(before.paidOfPlaced) }),
    },
  ]
}
