import '../../../../styles/form.css'
import '../../../../styles/account.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { checkOrderTicket } from '#db/orders/order-ticket.ts'
import { findOrderPath } from '#lib/paths.ts'
import { openTicketAction } from '../actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('customer.ticket')
  return { title: t('title') }
}

/** Where a mailed ticket leads. It is used up by the button and not by coming here: programs that look through mail come too. */
export default async function TicketPage({ params }: PageProps<'/[locale]/find-order/[ticket]'>) {
  const [locale, { ticket }, t] = await Promise.all([pageLocale(), params, getTranslations('customer.ticket')])
  const checked = await checkOrderTicket(ticket, new Date())
  return (
    <div className="frame account">
      <h1 className="title">{checked.ok ? t('title') : t(`${checked.error.code}.heading`)}</h1>
      <div className="account-part">
        {checked.ok ? (
          <ActionForm action={openTicketAction}>
            <p>{t('text')}</p>
            <input type="hidden" name="secret" value={ticket} autoComplete="off" />
            <SubmitButton>{t('open')}</SubmitButton>
          </ActionForm>
        ) : (
          <>
            <p>{t(`${checked.error.code}.text`)}</p>
            <a className={buttonClass()} href={findOrderPath(locale)}>
              {t('again')}
            </a>
          </>
        )}
      </div>
    </div>
  )
}
