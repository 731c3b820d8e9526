import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { WordsField } from '#components/order/words-field.tsx'
import { AFTER_SALE_REASONS, type AfterSaleKind, MOST_PHOTOS, MOST_WORDS } from '#lib/domain/after-sale-request.ts'
import { type RequestFacts, unitsToAsk } from '#lib/domain/decide-request.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { answerTo } from '#lib/doors/kept-answer.ts'
import type { OrderKey } from './keyed-order.ts'
import type { OpenedOrder } from './opened-order.ts'
import { KeyField } from './order-acts.tsx'
import { askRequestAction } from './request-actions.ts'

/** The form by which a shopper asks, folded away, with the lines that can still be asked for in this way. */
export async function RequestForm({
  kind,
  requestId,
  facts,
  lines,
  orderKey,
  locale,
}: {
  kind: AfterSaleKind
  requestId: string
  facts: RequestFacts
  lines: OpenedOrder['order']['lines']
  orderKey: OrderKey
  locale: Locale
}) {
  const t = await getTranslations('requests')
  const id = (name: string) => `${kind}-${name}`
  const open = facts.lines
    .map((line) => ({ position: line.position, left: unitsToAsk(line, kind) }))
    .filter(({ left }) => left > 0)
  const nameOf = (at: number) => lines.find(({ position }) => position === at)?.name[locale] ?? ''
  // The name is the form's place as well: the way there opens what is folded around it.
  const name = `ask-${kind}`
  const said = await answerTo(name)
  return (
    <details className="order-ask" open={said.status === 'refused'} suppressHydrationWarning>
      <summary className="link">{t(`ask.${kind}`)}</summary>
      <DoorForm name={name} action={askRequestAction} className="form" label={t(`ask.${kind}`)}>
        <p className="form-hint">{t(`hint.${kind}`)}</p>
        <KeyField orderKey={orderKey} />
        <input type="hidden" name="requestId" value={requestId} autoComplete="off" />
        <input type="hidden" name="kind" value={kind} />
        {open.map(({ position, left }) => (
          <div key={position} className="form-field">
            <label htmlFor={id(`units-${position}`)}>
              {nameOf(position)}
              <small>{t('upTo', { left })}</small>
            </label>
            <input type="hidden" name="position[]" value={position} />
            <input
              id={id(`units-${position}`)}
              name="quantity[]"
              type="number"
              inputMode="numeric"
              min={0}
              max={left}
              defaultValue={open.length === 1 ? left : 0}
              required
            />
          </div>
        ))}
        <div className="form-field">
          <label htmlFor={id('reason')}>{t('reason')}</label>
          <select id={id('reason')} name="reason" required>
            {AFTER_SALE_REASONS[kind].map((reason) => (
              <option key={reason} value={reason}>
                {t(`reasons.${reason}`)}
              </option>
            ))}
          </select>
        </div>
        <WordsField id={id('words')} name="words" label={t('words')} optional={t('optional')} maxLength={MOST_WORDS} />
        {kind === 'cancellation' ? null : (
          <div className="form-field">
            <label htmlFor={id('photo')}>
              {t('photos')}
              <small>{t('optional')}</small>
            </label>
            <input
              id={id('photo')}
              name="photo[]"
              type="file"
              multiple
              accept="image/jpeg,image/png,image/webp,image/avif"
              aria-describedby={id('photo-hint')}
            />
            <p className="form-hint" id={id('photo-hint')}>
              {t('photosHint', { most: MOST_PHOTOS })}
            </p>
          </div>
        )}
        <SubmitButton>{t(`send.${kind}`)}</SubmitButton>
      </DoorForm>
    </details>
  )
}
