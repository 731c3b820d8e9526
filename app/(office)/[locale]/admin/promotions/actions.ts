'use server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { createCoupon, editCoupon, type SaveCouponError, stopCoupon } from '#db/promotions/save-coupon.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { done, type Outcome, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { officeCouponPath } from '#lib/office-paths.ts'
import { CouponFields, type CouponInput, codeField, wrongTogether } from '#lib/promotions/coupon-form.ts'
import type { Result } from '#lib/result.ts'

const Seen = z.object({ id: z.coerce.number().int(), version: z.coerce.number().int() })

export const createCouponAction = staffAction(
  'promotions.edit',
  z.object({ code: codeField, ...CouponFields.shape }),
  async ({ code, ...input }, { permit, locale }) => {
    const wrong = sayWrong(input, locale)
    if (wrong) return wrong
    const made = await createCoupon(permit, code, input)
    if (!made.ok) return sayRefusal(made.error, locale)
    redirect(officeCouponPath(locale, made.value))
  },
)

export const editCouponAction = staffAction(
  'promotions.edit',
  z.object({ ...Seen.shape, ...CouponFields.shape }),
  async ({ id, version, ...input }, { permit, locale }) =>
    sayWrong(input, locale) ?? answer(await editCoupon(permit, { id, version }, input), locale),
)

export const stopCouponAction = staffAction(
  'promotions.edit',
  z.object({ ...Seen.shape, stop: z.enum(['yes', 'no']) }),
  async ({ stop, ...seen }, { permit, locale }) =>
    answer(await stopCoupon(permit, seen, stop === 'yes' ? new Date() : null), locale),
)

const answer = (saved: Result<null, SaveCouponError>, locale: Locale): Outcome =>
  saved.ok ? done(translator(locale)('officePromotions.saved')) : sayRefusal(saved.error, locale)

function sayWrong(input: CouponInput, locale: Locale): Outcome | null {
  const wrong = wrongTogether(input)
  if (!wrong) return null
  const t = translator(locale)
  return refused(t('form.notRight'), Object.fromEntries(Object.entries(wrong).map(([field, key]) => [field, t(key)])))
}

function sayRefusal(error: SaveCouponError, locale: Locale): Outcome {
  const t = translator(locale)
  switch (error.code) {
    case 'code_taken':
      return refused(t('form.notRight'), { code: t('officePromotions.wrong.taken') })
    case 'unknown_pieces':
      return refused(t('form.notRight'), {
        pieces: t('officePromotions.wrong.pieces', { slugs: error.slugs.slice(0, 5).join(', ') }),
      })
    case 'below_uses':
      return refused(t('form.notRight'), { usesAtMost: t('officePromotions.wrong.belowUses') })
    case 'changed_meanwhile':
      return refused(t('officePromotions.wrong.meanwhile'))
  }
}
