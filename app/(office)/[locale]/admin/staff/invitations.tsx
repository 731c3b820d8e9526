import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { StepUpField } from '#components/form/step-up-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { ConfirmButton } from '#components/office/confirm.tsx'
import { SelectField, TextField } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import { listInvitations } from '#db/accounts/desk/list-invitations.ts'
import { LANGUAGE_NAME, LOCALES, type Locale } from '#lib/domain/locale.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { invitationStanding } from '#lib/domain/staff-invitation.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'
import { inviteStaffAction, revokeInvitationAction } from './actions.ts'
import { RoleFields } from './role-fields.tsx'

type Invited = Awaited<ReturnType<typeof listInvitations>>[number]

/** Who is invited and has not come yet, and the form that invites. */
export async function Invitations({ permit, locale }: { permit: Permit<'staff.manage'>; locale: Locale }) {
  const [t, invited] = await Promise.all([getTranslations('officeCatalogue'), listInvitations(permit)])
  return (
    <>
      {invited.length > 0 ? (
        <Panel title={t('staff.invited')}>
          {invited.map((one) => (
            <Invitation key={one.id} locale={locale} invited={one} />
          ))}
        </Panel>
      ) : null}
      <Panel title={t('staff.add')}>
        <ActionForm action={inviteStaffAction} className="office-form" label={t('staff.add')}>
          <p>{t('staff.inviteText')}</p>
          <TextField
            id="email"
            name="email"
            label={t('customers.email')}
            input={{ type: 'email', autoComplete: 'off' }}
          />
          <SelectField id="language" name="language" label={t('staff.language')} select={{ defaultValue: locale }}>
            {LOCALES.map((one) => (
              <option key={one} value={one}>
                {LANGUAGE_NAME[one]}
              </option>
            ))}
          </SelectField>
          <RoleFields id="new" roles={[]} />
          <StepUpField label={(await getTranslations('form'))('stepUpCode')} />
          <SubmitButton>{t('staff.invite')}</SubmitButton>
        </ActionForm>
      </Panel>
    </>
  )
}

async function Invitation({ locale, invited }: { locale: Locale; invited: Invited }) {
  const [t, roleName, form] = await Promise.all([
    getTranslations('officeCatalogue'),
    getTranslations('office.roles'),
    getTranslations('form'),
  ])
  const { id, email, roles, expiresAt } = invited
  const standing = invitationStanding(invited, new Date())
  return (
    <details className="office-part">
      <summary>
        <strong>{email}</strong> <span>{roles.map((role) => roleName(role)).join(t('comma'))}</span>{' '}
        <span>{t(`staff.${standing}`, { at: formatShortTime(expiresAt, locale) })}</span>
      </summary>
      <ActionForm action={inviteStaffAction} className="office-form" label={t('staff.again')}>
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="language" value={invited.locale} />
        {roles.map((role) => (
          <input key={role} type="hidden" name="roles[]" value={role} />
        ))}
        <StepUpField label={form('stepUpCode')} />
        <SubmitButton look="quiet">{t('staff.again')}</SubmitButton>
      </ActionForm>
      <ActionForm action={revokeInvitationAction} className="office-form" label={t('staff.revoke')}>
        <input type="hidden" name="account" value={id} />
        <ConfirmButton label={t('staff.revoke')} confirm={t('staff.revoke')} danger>
          <p>{t('staff.revokeText')}</p>
        </ConfirmButton>
      </ActionForm>
    </details>
  )
}
