'use server'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { inviteStaff, revokeInvitation } from '#db/accounts/desk/invite-staff.ts'
import { resetSecondFactor } from '#db/accounts/desk/reset-second-factor.ts'
import { setRoles } from '#db/accounts/desk/set-roles.ts'
import { emailField } from '#lib/auth/account-fields.ts'
import { LOCALES } from '#lib/domain/locale.ts'
import { ROLES, type Role } from '#lib/domain/permissions.ts'
import { ok } from '#lib/result.ts'
import { answerEdit } from '../products/answer-edit.ts'

const invited = z.array(z.enum(ROLES)).min(1, 'officeCatalogue.staff.roleNeeded')
const rolesField = z.array(z.enum(ROLES)).default([])
const seenField = z.string().transform((text): Role[] => ROLES.filter((role) => text.split(' ').includes(role)))

export const setRolesAction = staffAction(
  'staff.manage',
  z.object({ email: emailField, roles: rolesField, seen: seenField }),
  async ({ email, roles, seen }, { permit, locale }) =>
    answerEdit(locale, await setRoles(permit, { email, roles, seen, now: new Date() }), 'saved'),
  { stepUp: true },
)

export const resetSecondFactorAction = staffAction(
  'staff.manage',
  z.object({ account: z.uuid() }),
  async ({ account }, { permit, locale }) =>
    answerEdit(locale, ok(await resetSecondFactor(permit, account, new Date())), 'signedOut'),
  { stepUp: true },
)

/** Mails somebody a link by which they join, with the roles that are chosen here; again for who is invited already. */
export const inviteStaffAction = staffAction(
  'staff.manage',
  z.object({ email: emailField, roles: invited, language: z.enum(LOCALES) }),
  async ({ email, roles, language }, { permit, locale }) =>
    answerEdit(locale, await inviteStaff(permit, { email, roles, locale: language, now: new Date() }), 'invited'),
  { stepUp: true },
)

export const revokeInvitationAction = staffAction(
  'staff.manage',
  z.object({ account: z.uuid() }),
  async ({ account }, { permit, locale }) =>
    answerEdit(locale, await revokeInvitation(permit, account, new Date()), 'revoked'),
)
