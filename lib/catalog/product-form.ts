import { z } from 'zod'
import { LOCALES, type Locale, type LocalizedText } from '../domain/locale.ts'
import type { Fields } from '../domain/merge-edit.ts'
import { parseYuan, ZERO_FEN } from '../domain/money.ts'
import { OPTIONS } from '../domain/options.ts'
import { isSlug } from '../domain/slug.ts'

/** What the forms of the catalogue send, read with care. Messages are keys of the texts. */
const TEXT_AT_MOST = 4_000
const line = z.string().trim().max(200)

/** Addresses are made of these; the form says how. */
export const slugField = z.string().trim().refine(isSlug, 'officeCatalogue.errors.slug')
export const skuField = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$/, 'officeCatalogue.errors.sku')
export const idField = z.coerce.number().int().positive()
/** Of the thing that the form was opened for. */
export const versionField = z.coerce.number().int().positive()
/** What the form showed when it was opened; only the form itself reads it. */
export const baseField = z.string().max(60_000).optional()

const whole = (most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, 'officeCatalogue.errors.whole')
    .transform(Number)
    .refine((number) => number <= most, 'officeCatalogue.errors.whole')
const emptyOr = <T>(field: z.ZodType<T, string>) =>
  z.union([z.literal('').transform(() => null), z.string().pipe(field)])

/** 100 kg, and metres: what is beyond is a slip of the finger. */
export const gramsField = whole(100_000).refine((grams) => grams > 0, 'officeCatalogue.errors.whole')
const measure = emptyOr(whole(10_000).refine((length) => length > 0, 'officeCatalogue.errors.whole'))

/** Yuan as staff write it, a comma or a point before the fen; more than nothing. */
export const priceField = z
  .string()
  .trim()
  .transform((text, context) => {
    const fen = parseYuan(text.replace(',', '.'))
    if (fen !== null && fen > ZERO_FEN) return fen
    context.addIssue({ code: 'custom', message: 'officeCatalogue.errors.price' })
    return z.NEVER
  })

/** A minute in the shop's own zone, as a browser's field gives it; empty is at once. */
export const momentField = emptyOr(
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'officeCatalogue.errors.moment')
    .transform((text) => new Date(`${text}:00+08:00`))
    .refine((moment) => !Number.isNaN(moment.getTime()), 'officeCatalogue.errors.moment'),
)

const text = z.string().trim().max(TEXT_AT_MOST)
export const NameFields = z.object({ name_en: line, name_fr: line, name_zh: line })

export const MEASURES = ['length', 'width', 'height', 'diameter', 'capacity_ml'] as const

export const ProductFields = z.object({
  ...NameFields.shape,
  description_en: text,
  description_fr: text,
  description_zh: text,
  material_en: line,
  material_fr: line,
  material_zh: line,
  slug: slugField,
  category: z.string().min(1),
  weight_g: gramsField,
  length: measure,
  width: measure,
  height: measure,
  diameter: measure,
  capacity_ml: measure,
})
type ProductFields = z.output<typeof ProductFields>

type Texts = { readonly [field in string]: unknown }
/** `name_en`, `name_fr`, `name_zh` as one text. */
export const textOf = (fields: Texts, name: string): LocalizedText => {
  const of = (locale: Locale) => String(fields[`${name}_${locale}`] ?? '')
  return { en: of('en'), fr: of('fr'), zh: of('zh') }
}
export const fieldsOfText = (name: string, text: LocalizedText): Fields =>
  Object.fromEntries(LOCALES.map((locale) => [`${name}_${locale}`, text[locale]]))

/** What the form says the piece is. */
export function factsOf(fields: ProductFields) {
  const measures = MEASURES.flatMap((measure) => (fields[measure] === null ? [] : [[measure, fields[measure]]]))
  return {
    slug: fields.slug,
    category: fields.category,
    name: textOf(fields, 'name'),
    description: textOf(fields, 'description'),
    material: textOf(fields, 'material'),
    dimensions: Object.fromEntries(measures) as { readonly [measure in (typeof MEASURES)[number]]?: number },
    weightG: fields.weight_g,
  }
}

/** The fields of the form as they stand for a piece. */
export const fieldsOfProduct = (product: ReturnType<typeof factsOf>): Fields => ({
  ...fieldsOfText('name', product.name),
  ...fieldsOfText('description', product.description),
  ...fieldsOfText('material', product.material),
  slug: product.slug,
  category: product.category,
  weight_g: String(product.weightG),
  ...Object.fromEntries(MEASURES.map((measure) => [measure, String(product.dimensions[measure] ?? '')])),
})

export const VariantFields = z.object({
  sku: skuField,
  weight_g: emptyOr(gramsField),
  photo: emptyOr(whole(2_000_000_000)),
  offered: z.enum(['yes', 'no']),
  glaze: z.string().max(80),
  size: z.string().max(80),
})

/** What the form says the variant is. */
export const variantFactsOf = (fields: z.output<typeof VariantFields>) => ({
  sku: fields.sku,
  weightG: fields.weight_g,
  photoId: fields.photo,
  offered: fields.offered === 'yes',
  options: Object.fromEntries(OPTIONS.flatMap((option) => (fields[option] ? [[option, fields[option]]] : []))),
})

/** Pieces of one kind, none to a hundred thousand. */
export const unitsField = whole(100_000)

const DELIVERY_LINE = /^(?<sku>\S+)[\s,;×x]+(?<units>[1-9]\d{0,4})$/

/** A delivery as it is typed or pasted: a SKU and a number on each line. */
export const deliveryField = z
  .string()
  .max(20_000)
  .transform((typed, context) => {
    const lines = typed.split(/\r?\n/).flatMap((text) => (text.trim() === '' ? [] : [text.trim()]))
    const read = lines.flatMap((text) => {
      const { sku, units } = DELIVERY_LINE.exec(text)?.groups ?? {}
      return sku && units ? [{ sku, units: Number(units) }] : []
    })
    if (read.length === lines.length && read.length > 0) return read
    context.addIssue({ code: 'custom', message: 'officeCatalogue.errors.delivery' })
    return z.NEVER
  })

/** A name that may lack no language. */
export const WholeNameFields = z.object({ name_en: line.min(1), name_fr: line.min(1), name_zh: line.min(1) })
