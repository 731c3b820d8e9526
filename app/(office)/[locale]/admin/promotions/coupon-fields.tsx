import { getTranslations } from 'next-intl/server'
import { CheckField, SelectField, TextArea, TextField } from '#components/office/field.tsx'
import { COUPON_KINDS } from '#lib/domain/judge-coupon.ts'

export type CouponDefaults = Readonly<
  Record<
    | 'kind'
    | 'percent'
    | 'amount'
    | 'threshold'
    | 'startsAt'
    | 'endsAt'
    | 'usesAtMost'
    | 'usesPerCustomer'
    | 'pieces'
    | 'note',
    string
  >
> & { readonly categories: readonly number[] }

/** What a coupon gives, when, to whom and how often. */
export async function CouponFieldset({
  values,
  categories,
}: {
  values: CouponDefaults
  categories: readonly { readonly id: number; readonly name: string }[]
}) {
  const t = await getTranslations('officePromotions')
  const text = (
    name: Exclude<keyof CouponDefaults, 'kind' | 'pieces' | 'note' | 'categories'>,
    input: { inputMode?: 'decimal' | 'numeric'; type?: 'datetime-local' } = {},
  ) => (
    <TextField
      id={name}
      name={name}
      label={t(`fields.${name}`)}
      optional={t('optional')}
      input={{ defaultValue: values[name], autoComplete: 'off', ...input }}
    />
  )
  return (
    <>
      <SelectField id="kind" name="kind" label={t('fields.kind')} select={{ defaultValue: values.kind }}>
        {COUPON_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kinds.${kind}`)}
          </option>
        ))}
      </SelectField>
      {text('percent', { inputMode: 'decimal' })}
      {text('amount', { inputMode: 'decimal' })}
      {text('threshold', { inputMode: 'decimal' })}
      {text('startsAt', { type: 'datetime-local' })}
      {text('endsAt', { type: 'datetime-local' })}
      {text('usesAtMost', { inputMode: 'numeric' })}
      {text('usesPerCustomer', { inputMode: 'numeric' })}
      <fieldset className="office-field">
        <legend>{t('covers')}</legend>
        <p className="office-hint">{t('coversHint')}</p>
        {categories.map(({ id, name }) => (
          <CheckField
            key={id}
            id={`category-${id}`}
            name="categories[]"
            label={name}
            input={{ value: id, defaultChecked: values.categories.includes(id) }}
          />
        ))}
      </fieldset>
      <TextArea
        id="pieces"
        name="pieces"
        label={t('fields.pieces')}
        hint={t('piecesHint')}
        optional={t('optional')}
        area={{ defaultValue: values.pieces, rows: 2 }}
      />
      <TextField
        id="note"
        name="note"
        label={t('fields.note')}
        optional={t('optional')}
        input={{ defaultValue: values.note, maxLength: 400 }}
      />
    </>
  )
}
