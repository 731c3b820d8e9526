import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextArea } from '#components/office/field.tsx'
import { Notice } from '#components/office/notice.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { RequestDetail } from '#db/after-sales/read-request.ts'
import { MOST_WORDS } from '#lib/domain/after-sale-request.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { mayDo, type Role } from '#lib/domain/permissions.ts'
import { officeRefundPath, withQuery } from '#lib/office-paths.ts'
import { approveAction, declineAction, receiveAction } from '../actions.ts'

type ActProps = { request: RequestDetail; locale: Locale }

/** What can be done with a request as it stands, by whoever looks at it. */
export async function RequestActs({ request, roles, locale }: ActProps & { roles: readonly Role[] }) {
  const t = await getTranslations('officeReturns')
  const { state, kind, refundTried } = request
  const mayAnswer = mayDo(roles, 'requests.answer')
  const mayRefund = mayDo(roles, 'refunds.request')
  const awaitsGoods = state === 'approved' && kind === 'return' && !refundTried
  const awaitsMoney = (state === 'approved' || state === 'goods_received') && !refundTried
  return (
    <>
      <Lines request={request} locale={locale} />
      {state === 'requested' ? mayAnswer ? <AnswerForms request={request} /> : <Notice>{t('notYours')}</Notice> : null}
      {awaitsGoods && mayAnswer ? <ReceiveForm request={request} locale={locale} /> : null}
      {awaitsMoney ? (
        <Panel title={t('payBack')}>
          {mayRefund ? (
            <p className="office-acts">
              <a
                className={awaitsGoods ? 'button button-quiet' : 'button'}
                href={withQuery(officeRefundPath(locale, request.orderNumber), { request: request.id })}
              >
                {awaitsGoods ? t('payBackBefore') : t('toRefund')}
              </a>
            </p>
          ) : (
            <Notice>{t('notYoursToPay')}</Notice>
          )}
        </Panel>
      ) : null}
    </>
  )
}

async function Lines({ request, locale }: ActProps) {
  const t = await getTranslations('officeReturns')
  return (
    <Panel title={t('lines')}>
      <ul className="ship-lines">
        {request.lines.map((line) => (
          <li key={line.position}>
            <div>
              <p>
                {line.asked} × {line.name[locale]}
              </p>
              <p className="office-hint">
                {line.sku}
                {line.cameBack > 0
                  ? ` · ${t(line.restocked ? 'onShelf' : 'writtenOff', { count: line.cameBack })}`
                  : ''}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

async function AnswerForms({ request }: { request: RequestDetail }) {
  const t = await getTranslations('officeReturns')
  const area = { maxLength: MOST_WORDS }
  return (
    <Panel title={t('answer')}>
      <div className="office-pair">
        <ActionForm action={approveAction} className="office-form" label={t('approve')}>
          <input type="hidden" name="requestId" value={request.id} />
          <TextArea
            id="words-approve"
            name="answer"
            label={t('wordsToShopper')}
            optional={t('optional')}
            hint={request.kind === 'return' ? t('approveReturnHint') : t('approveHint')}
            area={area}
          />
          <p className="office-acts">
            <SubmitButton>{t('approve')}</SubmitButton>
          </p>
        </ActionForm>
        <ActionForm action={declineAction} className="office-form" label={t('decline')}>
          <input type="hidden" name="requestId" value={request.id} />
          <TextArea id="words-decline" name="answer" label={t('wordsToShopper')} hint={t('declineHint')} area={area} />
          <p className="office-acts">
            <SubmitButton look="quiet">{t('decline')}</SubmitButton>
          </p>
        </ActionForm>
      </div>
    </Panel>
  )
}

async function ReceiveForm({ request, locale }: ActProps) {
  const t = await getTranslations('officeReturns')
  return (
    <Panel title={t('receive')}>
      <ActionForm action={receiveAction} className="office-form">
        <input type="hidden" name="requestId" value={request.id} />
        <ul className="ship-lines">
          {request.lines.map(({ position, name, quantity }) => (
            <li key={position}>
              <div>
                <label htmlFor={`came-${position}`}>{name[locale]}</label>
              </div>
              <input type="hidden" name="position[]" value={position} />
              <span className="ship-units">
                <input
                  id={`came-${position}`}
                  className="office-input"
                  name="quantity[]"
                  type="number"
                  inputMode="numeric"
                  min={0}
                  max={quantity}
                  defaultValue={quantity}
                  required
                />
                <span>{t('ofAsked', { quantity })}</span>
              </span>
              <label className="office-check">
                <input type="checkbox" name="restock[]" value={position} />
                {t('restock')}
              </label>
            </li>
          ))}
        </ul>
        <p className="office-hint">{t('restockHint')}</p>
        <p className="office-acts">
          <SubmitButton>{t('received')}</SubmitButton>
        </p>
      </ActionForm>
    </Panel>
  )
}
