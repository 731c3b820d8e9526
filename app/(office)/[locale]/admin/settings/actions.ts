'use server'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { saveShopRules } from '#db/settings/save-shop-rules.ts'
import { baseField, idField, unitsField } from '#lib/catalog/product-form.ts'
import { parseYuan } from '#lib/domain/money.ts'
import { ShopRules, storedRules } from '#lib/shop-rules.ts'
import { answerEdit } from '../products/answer-edit.ts'
import { readRulesSeen } from './rules-fields.ts'

const { shop_name, contact_email, contact_phone, contact_address } = ShopRules.shape
const yuan = z
  .string()
  .trim()
  .transform((text, context) => {
    const fen = parseYuan(text.replace(',', '.'))
    if (fen !== null) return fen
    context.addIssue({ code: 'custom', message: 'officeCatalogue.errors.price' })
    return z.NEVER
  })

export const saveSettingsAction = staffAction(
  'settings.edit',
  z.object({
    ...{ version: idField, base: baseField },
    ...{ shop_name, contact_email, contact_phone, contact_address },
    refund_approval_fen: yuan,
    low_stock_units: unitsField,
  }),
  async ({ base, version: _, ...rules }, { permit, locale }) =>
    answerEdit(locale, await saveShopRules(permit, storedRules(rules), readRulesSeen(base)), 'saved'),
  { stepUp: true },
)
