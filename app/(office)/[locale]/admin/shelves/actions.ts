'use server'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { createCategory } from '#db/catalog/desk/create-category.ts'
import { orderCategories } from '#db/catalog/desk/order-categories.ts'
import { removeCategory } from '#db/catalog/desk/remove-category.ts'
import { saveCategory } from '#db/catalog/desk/save-category.ts'
import { saveOptionValue } from '#db/catalog/desk/save-option-value.ts'
import { idField, slugField, textOf, versionField, WholeNameFields } from '#lib/catalog/product-form.ts'
import { OPTIONS } from '#lib/domain/options.ts'
import { ok } from '#lib/result.ts'
import { answerEdit } from '../products/answer-edit.ts'

const EDIT = 'catalogue.edit'
const Seen = z.object({ category: idField, version: versionField })
const seenOf = ({ category, version }: z.output<typeof Seen>) => ({ categoryId: category, version })
const ids = z
  .string()
  .regex(/^\d+(?:,\d+)*$/)
  .transform((text) => text.split(',').map(Number))

export const createCategoryAction = staffAction(
  EDIT,
  z.object({ slug: slugField, ...WholeNameFields.shape }),
  async (fields, { permit, locale }) => {
    const created = await createCategory(permit, { slug: fields.slug, name: textOf(fields, 'name') })
    return answerEdit(locale, created, 'added')
  },
)

export const saveCategoryAction = staffAction(
  EDIT,
  z.object({ ...Seen.shape, ...WholeNameFields.shape }),
  async (fields, { permit, locale }) =>
    answerEdit(locale, await saveCategory(permit, seenOf(fields), textOf(fields, 'name')), 'saved'),
)

export const removeCategoryAction = staffAction(EDIT, Seen, async (fields, { permit, locale }) =>
  answerEdit(locale, await removeCategory(permit, seenOf(fields)), 'removed'),
)

export const orderCategoriesAction = staffAction(
  EDIT,
  z.object({ order: ids, seen: ids }),
  async ({ order, seen }, { permit, locale }) =>
    answerEdit(locale, await orderCategories(permit, order, seen), 'saved'),
)

export const saveOptionValueAction = staffAction(
  EDIT,
  z.object({ option: z.enum(OPTIONS), value: slugField, ...WholeNameFields.shape }),
  async (fields, { permit, locale }) => {
    const { option, value } = fields
    await saveOptionValue(permit, { option, value, name: textOf(fields, 'name') })
    return answerEdit(locale, ok(null), 'saved')
  },
)
