import { randomUUID } from 'node:crypto'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextArea } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { OfficeOrder } from '#db/office/read-order.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { mayDo, type Role } from '#lib/domain/permissions.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'
import { labelOf } from '#lib/i18n/label-of.ts'
import { addNoteAction, resendMailAction } from './actions.ts'

/** What colleagues wrote about the order, and the mails that its shopper got. */
export async function OrderNotes({
  order,
  locale,
  nameOf,
  roles,
}: {
  order: OfficeOrder
  locale: Locale
  nameOf: (actor: string) => string
  roles: readonly Role[]
}) {
  const t = await getTranslations('officeOrder')
  const mayWrite = mayDo(roles, 'orders.note')
  return (
    <>
      <Panel title={t('notes.title')}>
        <ul className="order-list">
          {order.notes.map(({ id, text, actor, at }) => (
            <li key={id}>
              <p className="order-note">{text}</p>
              <small>{t('timeline.by', { who: nameOf(actor), at: formatShortTime(at, locale) })}</small>
            </li>
          ))}
        </ul>
        {mayWrite ? (
          <ActionForm action={addNoteAction} className="office-form" label={t('acts.note')}>
            {/* Of this page as it is: two clicks are one note, and the next page brings the next id. */}
            <input type="hidden" name="id" value={randomUUID()} />
            <input type="hidden" name="orderId" value={order.id} />
            <TextArea id="note" name="text" label={t('notes.field')} />
            <SubmitButton look="quiet">{t('notes.add')}</SubmitButton>
          </ActionForm>
        ) : order.notes.length === 0 ? (
          <p className="office-hint">{t('notes.none')}</p>
        ) : null}
      </Panel>
      <Panel title={t('mails.title')}>
        {order.mails.length === 0 ? <p className="office-hint">{t('mails.none')}</p> : null}
        <ul className="order-list">
          {order.mails.map(({ kind, about, sentAt, messageId }) => (
            <li key={messageId}>
              {t(`mail.${kind}`)}
              <small>{sentAt ? t('mails.sent', { at: formatShortTime(sentAt, locale) }) : t('mails.waiting')}</small>
              {mayWrite && sentAt ? (
                <ActionForm
                  action={resendMailAction}
                  className="office-act"
                  label={labelOf(t('mails.again'), t(`mail.${kind}`), locale)}
                >
                  <input type="hidden" name="orderId" value={order.id} />
                  <input type="hidden" name="kind" value={kind} />
                  <input type="hidden" name="about" value={about} />
                  <button type="submit" className="link">
                    {t('mails.again')}
                  </button>
                </ActionForm>
              ) : null}
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}
