import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { currentAccount } from '#lib/auth/current-account.ts'
import { accountOrderPath, orderPath, signInPath } from '#lib/paths.ts'
import { claimOrderAction } from '../actions.ts'
import { openedOrder } from '../opened-order.ts'
import { OrderView } from '../order-view.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('order')
  return { title: t('pageTitle') }
}

/** An order for whoever has the secret of its address, signed in or not. */
export default async function OrderPage({ params, searchParams }: PageProps<'/[locale]/order/[secret]'>) {
  const [locale, { secret }, query, account, t] = await Promise.all([
    pageLocale(),
    params,
    searchParams,
    currentAccount(),
    getTranslations('customer.claim'),
  ])
  const opened = await openedOrder(secret, locale, { returned: query['returned'] !== undefined })
  const { accountId, number } = opened.order
  return (
    <OrderView
      locale={locale}
      opened={opened}
      orderKey={{ secret }}
      doors={`/api/orders/${secret}`}
      here={orderPath(locale, secret)}
    >
      {accountId === null && account ? (
        <ActionForm action={claimOrderAction} className="order-act" label={t('title')}>
          <input type="hidden" name="secret" value={secret} autoComplete="off" />
          <SubmitButton look="quiet">{t('make')}</SubmitButton>
        </ActionForm>
      ) : accountId === null ? (
        <p className="order-note">
          {t.rich('offer', {
            link: (label) => (
              <a className="link" href={signInPath(locale, orderPath(locale, secret))}>
                {label}
              </a>
            ),
          })}
        </p>
      ) : accountId === account?.id ? (
        <a className="link" href={accountOrderPath(locale, number)}>
          {t('inAccount')}
        </a>
      ) : null}
    </OrderView>
  )
}
