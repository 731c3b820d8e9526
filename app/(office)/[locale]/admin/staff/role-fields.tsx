import { getTranslations } from 'next-intl/server'
import { CheckField } from '#components/office/field.tsx'
import { ROLES, type Role } from '#lib/domain/permissions.ts'

/** A tick for each role. @param id tells the ticks of several people apart. */
export async function RoleFields({ id, roles }: { id: string; roles: readonly Role[] }) {
  const t = await getTranslations('office.roles')
  return (
    <div className="office-pair">
      {ROLES.map((role) => (
        <CheckField
          key={role}
          id={`role-${id}-${role}`}
          name="roles[]"
          label={t(role)}
          input={{ value: role, defaultChecked: roles.includes(role) }}
        />
      ))}
    </div>
  )
}
