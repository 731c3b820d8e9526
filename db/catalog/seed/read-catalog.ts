import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { LOCALES, type LocalizedText } from '#lib/domain/locale.ts'

const Text: z.ZodType<LocalizedText> = z.record(z.enum(LOCALES), z.string().min(1))
const Dimensions = z.partialRecord(z.enum(['length', 'width', 'height', 'diameter', 'capacity_ml']), z.int().positive())
const Fen = z.int().positive().transform(BigInt)

const Variant = z.object({
  sku: z.string().min(1),
  options: z.record(z.string(), z.string()),
  stock: z.int().min(0),
  image: z.string(),
  alt: Text,
  blur: z.string().startsWith('data:image/'),
  dominant: z.string().regex(/^#[0-9a-f]{6}$/),
  price_cny_fen: Fen.optional(),
  material: Text.optional(),
  dimensions: Dimensions.optional(),
  weight_g: z.int().positive().optional(),
})

const Catalog = z.object({
  categories: z.array(z.object({ slug: z.string(), name: Text })),
  options: z.record(z.string(), z.record(z.string(), Text)),
  products: z.array(
    z.object({
      slug: z.string(),
      category: z.string(),
      name: Text,
      description: Text,
      material: Text,
      dimensions: Dimensions,
      weight_g: z.int().positive(),
      price_cny_fen: Fen,
      variants: z.array(Variant).min(1),
    }),
  ),
})
export type SeedCatalog = z.output<typeof Catalog>

/** The demonstration catalogue that ships with the shop. Throws when the file is not as described above. */
export const readCatalog = (): SeedCatalog =>
  Catalog.parse(JSON.parse(readFileSync(new URL('./catalog.json', import.meta.url), 'utf8')))
