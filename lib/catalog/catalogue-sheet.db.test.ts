import { eq, sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { saveProduct } from '#db/catalog/desk/save-product.ts'
import { products, variants } from '#db/catalog/schema.ts'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db } from '#db/client.ts'
import { samplePermit } from '#db/testing/sample-permit.ts'
import { parseCsv, writeCsvLine } from '../domain/csv.ts'
import { writeCsv } from '../spreadsheet/write-csv.ts'
import { applySheet, catalogueSheet, planOf } from './catalogue-sheet.ts'
import { factsOf, ProductFields } from './product-form.ts'
import { SHEET_COLUMNS } from './sheet-columns.ts'

const permit = samplePermit('catalogue.edit')

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

async function exported(): Promise<string> {
  const pieces: Uint8Array[] = []
  const file = new WritableStream<Uint8Array>({ write: (piece) => void pieces.push(piece) })
  await writeCsv(catalogueSheet(samplePermit('catalogue.read')), file)
  return Buffer.concat(pieces).toString()
}

/** The exported table with some cells changed, by SKU or else by piece. */
async function edited(changes: Readonly<Record<string, Readonly<Record<string, string>>>>): Promise<string> {
  const rows = parseCsv(await exported())
  if (!rows.ok) throw new Error(rows.error.code)
  const [head, ...rest] = rows.value.map(({ cells }) => cells)
  const names = head ?? []
  const written = rest.map((cells) => {
    const change = changes[cells[1] ?? ''] ?? {}
    return cells.map((cell, n) => change[names[n] ?? ''] ?? cell)
  })
  return [names, ...written].map(writeCsvLine).join('')
}

async function planned(text: string) {
  const plan = await planOf(permit, text)
  if (!plan.ok) throw new Error(plan.error.code)
  return plan.value
}

const tableOf = (rows: readonly Readonly<Record<string, string>>[]) => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))].map(writeCsvLine).join('')
}

test('the catalogue’s own table changes nothing, and has every column that is read', async () => {
  const file = await exported()
  const head = parseCsv(file)
  expect(head.ok && head.value[0]?.cells).toEqual([...SHEET_COLUMNS, 'stock', 'state'])
  const plan = await planned(file)
  expect(plan).toMatchObject({ pieces: [], problems: [] })
  expect(plan.unchanged).toBe(await db.$count(products))
})

test('texts, prices, weights and a count are changed together with what the log says of them, and the pages are told', async () => {
  const [before] = await db
    .select({ version: products.version })
    .from(products)
    .where(eq(products.slug, 'round-teapot'))
  const plan = await planned(
    await edited({
      'CPT-RT90-CEL': { name_fr: 'Théière toute ronde', price: '512,50', count: '3', variant_weight_g: '480' },
    }),
  )
  expect(plan.problems).toEqual([])
  expect(plan.pieces).toHaveLength(1)
  expect(plan.pieces[0]?.changes.map(({ column, after }) => [column, after])).toEqual([
    ['name_fr', 'Théière toute ronde'],
    ['variant_weight_g', '480'],
    ['price', '512.50'],
    ['count', '3'],
  ])
  expect(await applySheet(permit, plan.pieces, 'import of autumn.csv')).toEqual({ applied: 1, refused: [] })

  const [row] = await db.execute(sql`
    select p.name->>'fr' as name, p.version, v.price_fen::int as price, v.weight_g, s.on_hand,
      (select reason from price_changes where variant_id = v.id order by id desc limit 1) as priced,
      (select reason from stock_movements where variant_id = v.id order by id desc limit 1) as moved,
      (select array_agg(action order by id) from audit_log where reason like '%autumn%') as logged
    from variants v join products p on p.id = v.product_id join stock s on s.variant_id = v.id
    where v.sku = 'CPT-RT90-CEL'`)
  expect(row).toEqual({
    name: 'Théière toute ronde',
    version: (before?.version ?? 0) + 1,
    price: 51_250,
    weight_g: 480,
    on_hand: 3,
    priced: 'import of autumn.csv',
    moved: 'counted: import of autumn.csv',
    logged: ['stock.adjust', 'product.import'],
  })
  expect(await planned(await exported())).toMatchObject({ pieces: [], problems: [] })
})

test('a new piece begins as a draft with its variants, from a file with few columns', async () => {
  const plan = await planned(
    tableOf([
      {
        piece: 'jar-of-autumn',
        sku: 'MOON-1',
        category: 'tea-ware',
        name_en: 'Jar of autumn',
        weight_g: '900',
        price: '1200',
      },
    ]).replace(
      'tea-ware',
      (await db.execute<{ slug: string }>(sql`select slug from categories limit 1`))[0]?.slug ?? '',
    ),
  )
  expect(plan.problems).toEqual([])
  expect(await applySheet(permit, plan.pieces, 'import')).toEqual({ applied: 1, refused: [] })
  const [made] = await db
    .select({ published: products.published, offered: variants.offered, priceFen: variants.priceFen })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(eq(variants.sku, 'MOON-1'))
  expect(made).toEqual({ published: false, offered: false, priceFen: 120_000n })
})

test('each bad cell is named by row and column, its piece is left out, and the good ones are offered', async () => {
  const good = { piece: 'new-bowl', sku: 'NEW-1', category: 'bowls', weight_g: '300', price: '99' }
  const [shelf] = await db.execute<{ slug: string }>(sql`select slug from categories limit 1`)
  const category = shelf?.slug ?? ''
  const plan = await planned(
    tableOf([
      { ...good, category },
      { ...good, category, piece: 'Not An Address', sku: 'NEW-2' },
      { ...good, category: 'no-such-shelf', piece: 'p3', sku: 'NEW-3' },
      { ...good, category, piece: 'p4', sku: 'NEW-4', price: 'much' },
      { ...good, category, piece: 'p5', sku: 'CPT-RT90-CEL' },
      { ...good, category, piece: 'p6', sku: 'NEW-6', weight_g: '-1' },
      { ...good, category, piece: 'p7', sku: 'NEW-1' },
      { ...good, category, piece: 'p8', sku: 'NEW-8' },
      { ...good, category, piece: 'p8', sku: 'NEW-9', weight_g: '301' },
    ]),
  )
  expect(plan.pieces.map(({ slug }) => slug)).toEqual(['new-bowl'])
  expect(
    plan.problems.map(({ line, column, code }) => [line, column, typeof code === 'string' ? code : code.key]),
  ).toEqual([
    [3, 'piece', 'piece'],
    [4, 'category', 'unknown_category'],
    [5, 'price', 'officeCatalogue.errors.price'],
    [6, 'sku', 'sku_elsewhere'],
    [7, 'weight_g', 'officeCatalogue.errors.whole'],
    [8, 'sku', 'sku_twice'],
    [9, 'glaze', 'options_taken'],
    [10, 'weight_g', 'contradicts'],
    [10, 'glaze', 'options_taken'],
  ])
})

test('a text that a piece of the shop needs cannot be emptied', async () => {
  const { problems, pieces } = await planned(await edited({ 'CPT-GA11-IVO': { name_zh: '' } }))
  expect(pieces).toEqual([])
  expect(problems).toMatchObject([{ column: 'piece', code: 'gaps', gaps: [{ what: 'name', locale: 'zh' }] }])
})

test('who changed the piece meanwhile is not written over, and nothing of it is half done', async () => {
  const plan = await planned(await edited({ 'CPT-GA11-IVO': { name_en: 'Gaiwan', price: '1.00', count: '1' } }))
  const [slug, productId] = [plan.pieces[0]?.slug ?? '', plan.pieces[0]?.productId ?? 0]
  const facts = factsOf(ProductFields.parse({ ...(await fieldsOf(slug)), weight_g: '777' }))
  const [now] = await db.select({ version: products.version }).from(products).where(eq(products.slug, slug))
  expect(await saveProduct(permit, { productId, version: now?.version ?? 0 }, facts)).toMatchObject({ ok: true })
  expect(await applySheet(permit, plan.pieces, 'import')).toMatchObject({
    applied: 0,
    refused: [{ slug, error: { code: 'changed_meanwhile' } }],
  })
  const [kept] = await db.select({ priceFen: variants.priceFen }).from(variants).where(eq(variants.sku, 'CPT-GA11-IVO'))
  expect(kept?.priceFen).not.toBe(100n)
  const again = await planned(await edited({ 'CPT-GA11-IVO': { name_en: 'Gaiwan', price: '1.00', count: '1' } }))
  expect(again.seal).not.toBe(plan.seal)
})

async function fieldsOf(slug: string): Promise<Record<string, string>> {
  const rows = parseCsv(await exported())
  const [head, ...rest] = rows.ok ? rows.value.map(({ cells }) => cells) : []
  const row = rest.find(([piece]) => piece === slug) ?? []
  return { ...Object.fromEntries((head ?? []).map((name, n) => [name, row[n] ?? ''])), slug }
}
