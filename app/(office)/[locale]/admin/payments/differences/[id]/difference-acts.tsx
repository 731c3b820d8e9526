import { ActionForm } from '#components/form/action-form.tsx'
import { StepUpField } from '#components/form/step-up-field.tsx'
import { SelectField, TextArea, TextField } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { Difference } from '#db/reconciliation/list-open-differences.ts'
import { ACCOUNT_NAMES } from '#lib/domain/journal.ts'
import { toFen, toYuan } from '#lib/domain/money.ts'
import { bookRefundAction, correctDifferenceAction, explainDifferenceAction } from '../../actions.ts'
import type { PaymentWords } from '../../payment-words.ts'

type Props = { difference: Difference; t: PaymentWords }

/** The ways to end a difference; the likeliest first. */
export const DifferenceActs = ({ difference, t }: Props) => (
  <>
    {difference.finding === 'refund_foreign' && difference.attemptId ? (
      <Panel title={t('acts.book.title')}>
        <p className="figure-note">{t('acts.book.note')}</p>
        <ActionForm action={bookRefundAction} className="office-form" label={t('acts.book.title')}>
          <Reason id={difference.id} field="book" t={t} />
          <StepUpField label={t('acts.code')} />
          <button className="button" type="submit">
            {t('acts.book.do')}
          </button>
        </ActionForm>
      </Panel>
    ) : null}
    <Panel title={t('acts.explain.title')}>
      <p className="figure-note">{t('acts.explain.note')}</p>
      <ActionForm action={explainDifferenceAction} className="office-form" label={t('acts.explain.title')}>
        <Reason id={difference.id} field="explain" t={t} />
        <button className="button" type="submit">
          {t('acts.explain.do')}
        </button>
      </ActionForm>
    </Panel>
    <Panel title={t('acts.correct.title')}>
      <p className="figure-note">{t('acts.correct.note')}</p>
      <ActionForm action={correctDifferenceAction} className="office-form" label={t('acts.correct.title')}>
        <Side side="debit" chosen="suspense" t={t} />
        <Side side="credit" chosen="clearing" t={t} />
        <TextField
          id="amount"
          name="amount"
          label={t('acts.correct.amount')}
          input={{ inputMode: 'decimal', defaultValue: proposedAmount(difference) }}
        />
        <Reason id={difference.id} field="correct" t={t} />
        <StepUpField label={t('acts.code')} />
        <button className="button" type="submit">
          {t('acts.correct.do')}
        </button>
      </ActionForm>
    </Panel>
  </>
)

function proposedAmount({ billedFen, oursFen }: Difference): string {
  const between = (billedFen ?? 0n) - (oursFen ?? 0n)
  return toYuan(toFen(between < 0n ? -between : between))
}

const Reason = ({ id, field, t }: { id: string; field: string; t: PaymentWords }) => (
  <>
    <input type="hidden" name="id" value={id} />
    <TextArea id={`${field}-reason`} name="reason" label={t('reason')} hint={t('acts.reasonHint')} />
  </>
)

const Side = ({ side, chosen, t }: { side: 'debit' | 'credit'; chosen: string; t: PaymentWords }) => (
  <SelectField id={side} name={side} label={t(`acts.correct.${side}`)} select={{ defaultValue: chosen }}>
    {ACCOUNT_NAMES.map((account) => (
      <option key={account} value={account}>
        {t(`accounts.${account}`)}
      </option>
    ))}
  </SelectField>
)
