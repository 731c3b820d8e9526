import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { StepUpField } from '#components/form/step-up-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/office/field.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { SharedFields } from '#components/office/shared-fields.tsx'
import { readShopRules } from '#db/settings/read-shop-rules.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { saveSettingsAction } from './actions.ts'
import { fieldsOfRules } from './rules-fields.ts'

export const instant = false

const NAMES = [
  'shop_name',
  'contact_email',
  'contact_phone',
  'contact_address',
  'refund_approval_fen',
  'low_stock_units',
] as const

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeCatalogue'))('settings.title') }
}

/** What the owner decides about the shop while it runs. */
export default async function SettingsPage() {
  await permitted('settings.edit')
  const [t, form, rules] = await Promise.all([
    getTranslations('officeCatalogue'),
    getTranslations('form'),
    readShopRules(),
  ])
  const stored = fieldsOfRules(rules)
  return (
    <OfficePage title={t('settings.title')}>
      <ActionForm action={saveSettingsAction} className="office-form">
        <SharedFields stored={stored} version={1} now={t('now')}>
          {NAMES.map((name) => (
            <TextField
              key={name}
              id={name}
              name={name}
              label={t(`settings.${name}`)}
              {...(name.startsWith('contact_') ? { optional: '' } : {})}
              input={{ defaultValue: stored[name] ?? '', maxLength: 200 }}
            />
          ))}
          <StepUpField label={form('stepUpCode')} />
          <p>
            <SubmitButton>{t('save')}</SubmitButton>
          </p>
        </SharedFields>
      </ActionForm>
    </OfficePage>
  )
}
