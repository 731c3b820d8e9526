import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Facts } from '#components/office/facts.tsx'
import { TextField } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { OfficeOrder } from '#db/office/read-order.ts'
import { addressLines } from '#lib/domain/address.ts'
import { LANGUAGE_NAME, LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'
import { ZERO_FEN } from '#lib/domain/money.ts'
import type { Role } from '#lib/domain/permissions.ts'
import { hindranceOf } from '#lib/domain/staff-order-acts.ts'
import { ADDRESS_FIELDS, writeBefore } from '#lib/office/address-form.ts'
import { officeOrdersPath, withQuery } from '#lib/office-paths.ts'
import { changeAddressAction } from './actions.ts'

type Shown = { order: OfficeOrder; locale: Locale; seen: string; roles: readonly Role[] }

/** Who ordered, and where the parcel goes. */
export async function OrderPeople({ order, locale, seen, roles }: Shown) {
  const t = await getTranslations('officeOrder')
  const { address, account } = order
  const country = address && new Intl.DisplayNames(LANGUAGE_TAG[locale], { type: 'region' }).of(address.country)
  return (
    <>
      <Panel
        title={t('customer.title')}
        aside={
          <a className="link" href={withQuery(officeOrdersPath(locale), { q: order.email })}>
            {t('customer.others')}
          </a>
        }
      >
        <Facts
          facts={[
            { name: t('customer.email'), value: order.email },
            { name: t('customer.phone'), value: order.phone },
            { name: t('customer.language'), value: LANGUAGE_NAME[order.locale] },
            { name: t('customer.account'), value: account ? (account.name ?? account.email) : t('customer.guest') },
          ]}
        />
      </Panel>
      <Panel title={t('address.title')}>
        {address ? (
          <address>
            {addressLines({ ...address, country: country ?? address.country }, address.country === 'CN').map((line) => (
              <p key={line}>{line}</p>
            ))}
            <p>{address.phone}</p>
          </address>
        ) : (
          <p>{t('hindrance.address_erased')}</p>
        )}
        <AddressForm order={order} locale={locale} seen={seen} roles={roles} />
      </Panel>
    </>
  )
}

async function AddressForm({ order, seen, roles }: Shown) {
  const t = await getTranslations('officeOrder')
  const { address } = order
  const facts = { ...order, kept: ZERO_FEN, attempts: 0, mails: 0, hasAddress: address !== null, isHeld: false }
  if (!address || hindranceOf('edit_address', facts, roles)) return null
  const optional = (field: (typeof ADDRESS_FIELDS)[number]) =>
    field === 'street2' ||
    (address.country !== 'CN' && (field === 'district' || field === 'region' || field === 'postcode'))
  return (
    <details className="office-confirm">
      <summary className="button button-quiet">{t('acts.edit_address')}</summary>
      <ActionForm action={changeAddressAction} className="office-form" label={t('acts.edit_address')}>
        <input type="hidden" name="orderId" value={order.id} />
        <input type="hidden" name="seen" value={seen} />
        <input type="hidden" name="country" value={address.country} />
        <input type="hidden" name="before" value={writeBefore(address)} />
        <div className="office-pair">
          {ADDRESS_FIELDS.map((field) => (
            <TextField
              key={field}
              id={`address-${field}`}
              name={field}
              label={t(`address.${field}`)}
              optional={optional(field) ? t('optional') : undefined}
              input={{ defaultValue: address[field] ?? '' }}
            />
          ))}
        </div>
        <p className="office-hint">{t('address.country')}</p>
        <TextField id="address-reason" name="reason" label={t('address.reason')} optional={t('optional')} />
        <SubmitButton>{t('address.save')}</SubmitButton>
      </ActionForm>
    </details>
  )
}
