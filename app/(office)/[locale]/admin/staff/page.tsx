import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { StepUpField } from '#components/form/step-up-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { ConfirmButton } from '#components/office/confirm.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { listStaff } from '#db/accounts/desk/list-staff.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'
import { resetSecondFactorAction, setRolesAction } from './actions.ts'
import { Invitations } from './invitations.tsx'
import { RoleFields } from './role-fields.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeCatalogue'))('staff.title') }
}

/** Who works here and as what. What is taken away is felt at their next request. */
export default async function StaffPage() {
  const permit = await permitted('staff.manage')
  const [locale, t, form, roleName, people] = await Promise.all([
    pageLocale(),
    getTranslations('officeCatalogue'),
    getTranslations('form'),
    getTranslations('office.roles'),
    listStaff(permit),
  ])
  const stepUp = <StepUpField label={form('stepUpCode')} />
  return (
    <OfficePage title={t('staff.title')}>
      {people.map(({ id, email, name, roles, enrolled, seenAt }) => (
        <details key={id} className="office-part">
          <summary>
            <strong>{name ?? email}</strong> <span>{roles.map((role) => roleName(role)).join(t('comma'))}</span>{' '}
            <span>
              {seenAt ? t('staff.seen', { at: formatShortTime(new Date(seenAt), locale) }) : t('staff.neverSeen')}
            </span>{' '}
            {enrolled ? null : <em>{t('staff.notEnrolled')}</em>}
          </summary>
          <ActionForm action={setRolesAction} className="office-form" label={name ?? email}>
            <input type="hidden" name="email" value={email} />
            <input type="hidden" name="seen" value={roles.join(' ')} />
            <RoleFields id={id} roles={roles} />
            <p className="office-hint">{t('staff.rolesHint')}</p>
            {stepUp}
            <p>
              <SubmitButton look="quiet">{t('save')}</SubmitButton>
            </p>
          </ActionForm>
          <ActionForm action={resetSecondFactorAction} className="office-form" label={t('staff.reset')}>
            <input type="hidden" name="account" value={id} />
            {stepUp}
            <ConfirmButton label={t('staff.reset')} confirm={t('staff.reset')} danger>
              <p>{t('staff.resetText')}</p>
            </ConfirmButton>
          </ActionForm>
        </details>
      ))}
      <Invitations permit={permit} locale={locale} />
    </OfficePage>
  )
}
