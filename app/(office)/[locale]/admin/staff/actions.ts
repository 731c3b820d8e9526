'use server'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { resetSecondFactor } from '#db/accounts/desk/reset-second-factor.ts'
import { setRoles } from '#db/accounts/desk/set-roles.ts'
import { emailField } from '#lib/auth/account-fields.ts'
import { ROLES, type Role } from '#lib/domain/permissions.ts'
import { ok } from '#lib/result.ts'
import { answerEdit } from '../products/answer-edit.ts'

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
