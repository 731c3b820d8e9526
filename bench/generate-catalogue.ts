import { categories, optionValues, products, variants } from '#db/catalog/schema.ts'
import { readCatalog, type SeedCatalog } from '#db/catalog/seed/read-catalog.ts'
import type { Db } from '#db/client.ts'
import { stock, stockMovements } from '#db/stock/schema.ts'
import type { LocalizedText } from '#lib/domain/locale.ts'

type Random = () => number

/** The same sequence in 0 ≤ x < 1 for the same seed, so that two runs fill the same shop ("mulberry32"). */
function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const FORMS: readonly LocalizedText[] = [
  { en: 'Tall', fr: 'haut', zh: '高' },
  { en: 'Wide', fr: 'large', zh: '宽' },
  { en: 'Ribbed', fr: 'nervuré', zh: '弦纹' },
  { en: 'Carved', fr: 'gravé', zh: '刻花' },
  { en: 'Brushed', fr: 'brossé', zh: '刷纹' },
  { en: 'Dimpled', fr: 'martelé', zh: '锤点' },
  { en: 'Footed', fr: 'sur pied', zh: '高足' },
  { en: 'Everyday', fr: 'du quotidien', zh: '日用' },
  { en: 'Travelling', fr: 'de voyage', zh: '旅行' },
  { en: 'Stacking', fr: 'empilable', zh: '叠放' },
  { en: 'Wood-fired', fr: 'cuit au bois', zh: '柴烧' },
  { en: 'Salt-glazed', fr: 'au sel', zh: '盐釉' },
]
const COLLECTIONS: readonly LocalizedText[] = [
  { en: 'studio', fr: 'atelier', zh: '工作室' },
  { en: 'winter', fr: 'hiver', zh: '冬' },
  { en: 'garden', fr: 'jardin', zh: '园' },
  { en: 'market', fr: 'marché', zh: '集市' },
  { en: 'archive', fr: 'archives', zh: '旧藏' },
]
const SYLLABLES = 'ka lu mor ven tis ra dol ne bri sal o fen gar mi tho len wys pa ur ste'.split(' ')
const HAN = '云山溪竹松雪月风霜梅兰荷桥石泉林江湖海秋春夏晓晚晴雨露烟霞星沙野村巷院亭台楼'

const pick = <T>(random: Random, from: readonly T[]): T => {
  const one = from[Math.floor(random() * from.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}
const inEach = (write: (locale: keyof LocalizedText) => string): LocalizedText => ({
  en: write('en'),
  fr: write('fr'),
  zh: write('zh'),
})

/** A maker's name, as a shop of this size has many: "Morvenlu", 松雪. */
function makeSeries(random: Random): LocalizedText {
  const latin = Array.from({ length: 2 + Math.floor(random() * 2) }, () => pick(random, SYLLABLES)).join('')
  const name = latin.charAt(0).toUpperCase() + latin.slice(1)
  return { en: name, fr: name, zh: pick(random, [...HAN]) + pick(random, [...HAN]) }
}

/** Every sentence of the demonstration's descriptions, by language. */
function sentences(catalog: SeedCatalog): Readonly<Record<keyof LocalizedText, readonly string[]>> {
  const of = (locale: keyof LocalizedText) =>
    catalog.products.flatMap((piece) => piece.description[locale].match(/[^.;。；]+[.;。；]?/g) ?? [])
  return { en: of('en'), fr: of('fr'), zh: of('zh') }
}

/** Two dozen pieces make a shelf, 25 shelves a shop; and the names of all options. */
async function writeShelves(db: Db, catalog: SeedCatalog, pieces: number) {
  await db
    .insert(optionValues)
    .values(
      Object.entries(catalog.options).flatMap(([option, values]) =>
        Object.entries(values).map(([value, name], position) => ({ option, value, position, name })),
      ),
    )
  const shelves = COLLECTIONS.flatMap((collection) =>
    catalog.categories.map((shelf) => ({
      slug: `${shelf.slug}-${collection.en}`,
      name: inEach((locale) => `${shelf.name[locale]} · ${collection[locale]}`),
    })),
  ).slice(0, Math.max(1, Math.floor(pieces / 25)))
  return db
    .insert(categories)
    .values(shelves.map((shelf, position) => ({ ...shelf, position })))
    .returning({ id: categories.id, slug: categories.slug })
}

/** Fills an empty database with a shop of so many pieces, 1 to 4 variants each: always the same shop. */
export async function generateCatalogue(db: Db, pieces: number): Promise<void> {
  const catalog = readCatalog()
  const random = randomFrom(20_261_121)
  const said = sentences(catalog)
  const series = Array.from({ length: 1500 }, () => makeSeries(random))
  const shelves = await writeShelves(db, catalog, pieces)
  const glazes = Object.keys(catalog.options['glaze'] ?? {})
  const pictures = catalog.products.flatMap((piece) => piece.variants)

  const makePiece = (number: number) => {
    const model = pick(random, catalog.products)
    const [form, from] = [pick(random, FORMS), pick(random, series)]
    const fitting = shelves.filter((one) => one.slug.startsWith(model.category))
    const shelf = pick(random, fitting.length > 0 ? fitting : shelves)
    const start = Math.floor(random() * glazes.length)
    return {
      product: {
        slug: `${from.en.toLowerCase()}-${model.slug}-${number}`,
        categoryId: shelf.id,
        position: number,
        publishedAt: new Date(Date.UTC(2026, 0, 1) + number * 60_000),
        name: {
          en: `${form.en} ${model.name.en.toLowerCase()} ${from.en}`,
          fr: `${model.name.fr} ${form.fr} ${from.fr}`,
          zh: `${from.zh}${form.zh}${model.name.zh}`,
        },
        description: inEach((locale) => [0, 1, 2].map(() => pick(random, said[locale]).trim()).join(' ')),
        material: model.material,
        dimensions: model.dimensions,
        weightG: model.weight_g,
      },
      variants: Array.from({ length: 1 + Math.floor(random() * 4) }, (_, position) => {
        const glaze = glazes[(start + position) % glazes.length] ?? ''
        const picture = pick(random, pictures)
        return {
          sku: `GEN-${number}-${position}`,
          slug: glaze,
          position,
          options: { glaze },
          priceFen: BigInt(2_000 + Math.floor(random() * 2_000) * 50),
          image: picture.image,
          imageAlt: picture.alt,
          imageBlur: picture.blur,
          imageColour: picture.dominant,
        }
      }),
    }
  }

  for (let from = 0; from < pieces; from += 500) {
    const batch = Array.from({ length: Math.min(500, pieces - from) }, (_, at) => makePiece(from + at))
    const written = await db
      .insert(products)
      .values(batch.map((piece) => piece.product))
      .returning({ id: products.id })
    const sold = await db
      .insert(variants)
      .values(batch.flatMap((piece, at) => piece.variants.map((one) => ({ ...one, productId: written[at]?.id ?? 0 }))))
      .returning({ variantId: variants.id })
    const counted = sold.map((one) => ({ ...one, onHand: 1 + Math.floor(random() * 30) }))
    await db.insert(stock).values(counted)
    await db.insert(stockMovements).values(
      counted.map(({ variantId, onHand }) => ({
        variantId,
        quantity: onHand,
        reason: 'opening_stock',
        actor: 'bench',
      })),
    )
  }
}
