import { getTranslations } from 'next-intl/server'
import { Facts } from '#components/office/facts.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { Evidence } from '#db/office/read-evidence.ts'
import type { OfficeOrder } from '#db/office/read-order.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { type Fen, subtractFen, toFen } from '#lib/domain/money.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'

/** What was owed, came, went back and is left, with the refunds and the journals that booked it. */
export async function OrderMoney({
  order,
  evidence,
  locale,
}: {
  order: OfficeOrder
  evidence: Evidence
  locale: Locale
}) {
  const [t, list] = await Promise.all([getTranslations('officeOrder'), getTranslations('officeOrders')])
  const price = (amount: Fen) => formatPrice(amount, locale)
  const { capturedFen, refundedFen, refundingFen, state } = order.payment
  const discount =
    order.discountFen > 0n ? [{ name: t('money.discount'), value: price(toFen(-order.discountFen)) }] : []
  const going = refundingFen > 0n ? [{ name: t('money.refunding'), value: price(refundingFen) }] : []
  return (
    <Panel title={t('money.title')} aside={<span>{list(`payment.${state}`)}</span>}>
      <Facts
        sums
        facts={[
          { name: t('money.pieces'), value: price(order.subtotalFen) },
          ...discount,
          { name: t('money.shipping'), value: price(order.shippingFen) },
          { name: t('money.total'), value: price(order.totalFen), strong: true },
          { name: t('money.paid'), value: price(capturedFen) },
          { name: t('money.refunded'), value: price(refundedFen) },
          ...going,
          {
            name: t('money.kept'),
            value: price(subtractFen(subtractFen(capturedFen, refundedFen), refundingFen)),
            strong: true,
          },
        ]}
      />
      {evidence.refunds.length > 0 ? (
        <>
          <h3>{t('refunds.title')}</h3>
          <Facts
            sums
            facts={evidence.refunds.map(({ refundNo, state: refund, amountFen, cause, providerCode }) => ({
              name: `${refundNo} · ${t(`cause.${cause}`)} · ${[t(`refundState.${refund}`), providerCode].filter(Boolean).join(' ')}`,
              value: price(amountFen),
            }))}
          />
        </>
      ) : null}
      <details className="order-ledger">
        <summary>{t('ledger.title')}</summary>
        {evidence.journals.length === 0 ? <p>{t('ledger.none')}</p> : null}
        {evidence.journals.map(({ id, kind, bookedAt, entries }) => (
          <table key={id} className="office-table">
            <caption>
              {t(`journal.${kind}`)} · {formatShortTime(bookedAt, locale)}
            </caption>
            <thead>
              <tr>
                <th scope="col">{t('ledger.account')}</th>
                <th scope="col" className="end">
                  {t('ledger.debit')}
                </th>
                <th scope="col" className="end">
                  {t('ledger.credit')}
                </th>
              </tr>
            </thead>
            <tbody>
              {entries.map(({ account, amountFen }) => (
                <tr key={account}>
                  <th scope="row">{t(`account.${account}`)}</th>
                  <td className="end">{amountFen > 0n ? price(amountFen) : ''}</td>
                  <td className="end">{amountFen < 0n ? price(toFen(-amountFen)) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </details>
    </Panel>
  )
}
