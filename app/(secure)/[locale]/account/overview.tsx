import '../../../styles/customer.css'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { OrderCard } from '#components/order/order-card.tsx'
import { listAddresses } from '#db/addresses/list-addresses.ts'
import { listClaimableOrders } from '#db/orders/claim-order.ts'
import { listAccountOrders } from '#db/orders/list-account-orders.ts'
import { addressLines } from '#lib/domain/address.ts'
import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'
import { showListedOrder } from '#lib/orders/shown-order-list.ts'
import { accountOrdersPath, addressesPath } from '#lib/paths.ts'
import { claimByEmailAction } from './orders/actions.ts'

const LATEST = 3

/** What a customer comes for: the latest orders, and where the next one would go. */
export async function Overview({ locale, accountId }: { locale: Locale; accountId: string }) {
  const [t, { orders }, addresses, claimable] = await Promise.all([
    getTranslations('customer'),
    listAccountOrders(accountId, { filter: 'all', search: '', after: null }),
    listAddresses(accountId),
    listClaimableOrders(accountId),
  ])
  const [address] = addresses
  const countries = new Intl.DisplayNames(LANGUAGE_TAG[locale], { type: 'region' })
  const now = new Date()
  return (
    <>
      {claimable.length > 0 ? (
        <section className="account-part" aria-label={t('claim.title')}>
          <p>{t('claim.found', { count: claimable.length })}</p>
          <ActionForm action={claimByEmailAction}>
            <SubmitButton look="quiet">{t('claim.takeAll')}</SubmitButton>
          </ActionForm>
        </section>
      ) : null}
      <section className="account-orders">
        <h2>{t('overview.orders')}</h2>
        {orders.length === 0 ? <p>{t('orders.none')}</p> : null}
        <ol className="order-list">
          {orders.slice(0, LATEST).map((order) => (
            <li key={order.id}>
              <OrderCard order={showListedOrder(order, locale, now)} />
            </li>
          ))}
        </ol>
        <a className="link" href={accountOrdersPath(locale)}>
          {t('orders.all')}
        </a>
      </section>
      <section className="account-part">
        <h2>{t('overview.addresses')}</h2>
        {address ? (
          <address>
            {addressLines(
              { ...address, country: countries.of(address.country) ?? address.country },
              address.country === 'CN',
            ).map((line) => (
              <p key={line}>{line}</p>
            ))}
          </address>
        ) : (
          <p>{t('overview.addressNone')}</p>
        )}
        <a className="link" href={addressesPath(locale)}>
          {t('overview.addressesAll')}
        </a>
      </section>
    </>
  )
}
