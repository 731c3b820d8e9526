import { getTranslations } from 'next-intl/server'
import { signOutAction } from '#app/(secure)/[locale]/account/actions.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import type { Role } from '#lib/domain/permissions.ts'

/** Who is signed in, as what, and the way out. */
export async function OfficePerson({
  account,
  roles,
}: {
  account: { readonly email: string; readonly name: string | null }
  roles: readonly Role[]
}) {
  const [t, words] = await Promise.all([getTranslations('office'), getTranslations('account')])
  return (
    <>
      <p>
        {account.name ?? account.email}
        <br />
        {roles.map((role) => t(`roles.${role}`)).join(', ')}
      </p>
      <ActionForm action={signOutAction} className="office-out">
        <button type="submit" className="link">
          {words('signOut')}
        </button>
      </ActionForm>
    </>
  )
}
