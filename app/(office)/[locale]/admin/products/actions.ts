'use server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { addVariant } from '#db/catalog/desk/add-variant.ts'
import { createProduct } from '#db/catalog/desk/create-product.ts'
import { orderParts } from '#db/catalog/desk/order-parts.ts'
import { planPrice } from '#db/catalog/desk/plan-price.ts'
import { publishProduct } from '#db/catalog/desk/publish-product.ts'
import { removePhoto } from '#db/catalog/desk/remove-photo.ts'
import { removeProduct } from '#db/catalog/desk/remove-product.ts'
import { removeVariant } from '#db/catalog/desk/remove-variant.ts'
import { restoreProduct } from '#db/catalog/desk/restore-product.ts'
import { savePhoto } from '#db/catalog/desk/save-photo.ts'
import { saveProduct } from '#db/catalog/desk/save-product.ts'
import { saveVariant } from '#db/catalog/desk/save-variant.ts'
import { setPrice } from '#db/catalog/desk/set-price.ts'
import { setRelated } from '#db/catalog/desk/set-related.ts'
import { unpublishProduct } from '#db/catalog/desk/unpublish-product.ts'
import { withdrawPrice } from '#db/catalog/desk/withdraw-price.ts'
import {
  baseField,
  factsOf,
  gramsField,
  idField,
  momentField,
  NameFields,
  ProductFields,
  priceField,
  slugField,
  textOf,
  VariantFields,
  variantFactsOf,
  versionField,
} from '#lib/catalog/product-form.ts'
import { officeProductPath, officeProductsPath } from '#lib/office-paths.ts'
import { answerEdit } from './answer-edit.ts'

const EDIT = 'catalogue.edit'
const Seen = z.object({ product: idField, version: versionField, base: baseField })
const seenOf = ({ product, version }: z.output<typeof Seen>) => ({ productId: product, version })
const ids = z
  .string()
  .regex(/^\d+(?:,\d+)*$/)
  .transform((text) => text.split(',').map(Number))

export const createProductAction = staffAction(
  EDIT,
  z.object({ slug: slugField, category: z.string().min(1), weight_g: gramsField, ...NameFields.shape }),
  async (fields, { permit, locale }) => {
    const { slug, category, weight_g: weightG } = fields
    const created = await createProduct(permit, { slug, category, weightG, name: textOf(fields, 'name') })
    if (created.ok) redirect(officeProductPath(locale, created.value.productId))
    return answerEdit(locale, created, 'saved')
  },
)

export const saveProductAction = staffAction(
  EDIT,
  z.object({ ...Seen.shape, ...ProductFields.shape }),
  async (fields, { permit, locale }) =>
    answerEdit(locale, await saveProduct(permit, seenOf(fields), factsOf(fields)), 'saved'),
)

export const publishProductAction = staffAction(
  EDIT,
  z.object({ ...Seen.shape, asNew: z.literal('on').optional() }),
  async (fields, { permit, locale }) =>
    answerEdit(locale, await publishProduct(permit, seenOf(fields), fields.asNew ? new Date() : null), 'published'),
)

export const unpublishProductAction = staffAction(EDIT, Seen, async (fields, { permit, locale }) =>
  answerEdit(locale, await unpublishProduct(permit, seenOf(fields)), 'unpublished'),
)

export const removeProductAction = staffAction(EDIT, Seen, async (fields, { permit, locale }) => {
  const removed = await removeProduct(permit, seenOf(fields), new Date())
  if (removed.ok && removed.value.value === 'deleted') redirect(officeProductsPath(locale))
  return answerEdit(locale, removed, 'archived')
})

export const restoreProductAction = staffAction(EDIT, Seen, async (fields, { permit, locale }) =>
  answerEdit(locale, await restoreProduct(permit, seenOf(fields)), 'restored'),
)

export const addVariantAction = staffAction(
  EDIT,
  z.object({ ...Seen.shape, ...VariantFields.shape, price: priceField }),
  async (fields, { permit, locale }) => {
    const facts = { ...variantFactsOf(fields), priceFen: fields.price }
    return answerEdit(locale, await addVariant(permit, seenOf(fields), facts), 'added')
  },
)

export const saveVariantAction = staffAction(
  EDIT,
  z.object({ ...Seen.shape, variant: idField, ...VariantFields.shape }),
  async (fields, { permit, locale }) => {
    const facts = { ...variantFactsOf(fields), variantId: fields.variant }
    return answerEdit(locale, await saveVariant(permit, seenOf(fields), facts), 'saved')
  },
)

export const removeVariantAction = staffAction(
  EDIT,
  z.object({ ...Seen.shape, variant: idField }),
  async (fields, { permit, locale }) =>
    answerEdit(locale, await removeVariant(permit, seenOf(fields), fields.variant), 'removed'),
)

/** At once, or from a moment on. */
export const setPriceAction = staffAction(
  EDIT,
  z.object({
    ...Seen.shape,
    variant: idField,
    price: priceField,
    startsAt: momentField,
    reason: z.string().trim().min(1).max(200),
  }),
  async (fields, { permit, locale }) => {
    const { variant: variantId, price: priceFen, startsAt, reason } = fields
    if (!startsAt)
      return answerEdit(locale, await setPrice(permit, seenOf(fields), { variantId, priceFen, reason }), 'priced')
    const plan = { variantId, priceFen, startsAt, reason, now: new Date() }
    return answerEdit(locale, await planPrice(permit, seenOf(fields), plan), 'planned')
  },
  { stepUp: true },
)

export const withdrawPriceAction = staffAction(
  EDIT,
  z.object({ ...Seen.shape, planned: idField }),
  async (fields, { permit, locale }) => {
    const plan = { plannedId: fields.planned, now: new Date() }
    return answerEdit(locale, await withdrawPrice(permit, seenOf(fields), plan), 'withdrawn')
  },
)

export const describePhotoAction = staffAction(
  EDIT,
  z.object({
    ...Seen.shape,
    photo: idField,
    alt_en: z.string().trim().max(300),
    alt_fr: z.string().trim().max(300),
    alt_zh: z.string().trim().max(300),
  }),
  async (fields, { permit, locale }) => {
    const change = { photoId: fields.photo, alt: textOf(fields, 'alt') }
    return answerEdit(locale, await savePhoto(permit, seenOf(fields), change), 'saved')
  },
)

export const removePhotoAction = staffAction(
  EDIT,
  z.object({ ...Seen.shape, photo: idField }),
  async (fields, { permit, locale }) =>
    answerEdit(locale, await removePhoto(permit, seenOf(fields), fields.photo), 'removed'),
)

export const orderPartsAction = staffAction(
  EDIT,
  z.object({ ...Seen.shape, parts: z.enum(['variants', 'photos']), order: ids }),
  async (fields, { permit, locale }) => {
    const order = { parts: fields.parts, ids: fields.order }
    return answerEdit(locale, await orderParts(permit, seenOf(fields), order), 'saved')
  },
)

export const setRelatedAction = staffAction(
  EDIT,
  z.object({ ...Seen.shape, related: z.string().max(2000) }),
  async (fields, { permit, locale }) => {
    const slugs = [...new Set(fields.related.split(/[\s,]+/).filter((slug) => slug !== ''))]
    return answerEdit(locale, await setRelated(permit, seenOf(fields), slugs), 'saved')
  },
)
