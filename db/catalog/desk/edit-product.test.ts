import { and, desc, eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { categoryTag, newestTag, productTag } from '#lib/domain/cache-tags.ts'
import { toFen } from '#lib/domain/money.ts'
import { parseSearchQuery } from '#lib/domain/search-query.ts'
import { auditLog } from '../../audit-log/schema.ts'
import { db } from '../../client.ts'
import { cacheInvalidations } from '../../invalidations/schema.ts'
import { readOffer } from '../../orders/read-offer.ts'
import { searchProducts } from '../../search/search-products.ts'
import { samplePermit } from '../../testing/sample-permit.ts'
import { findMovedProduct } from '../find-moved-product.ts'
import { getProduct } from '../get-product.ts'
import { listRelatedProducts } from '../list-related-products.ts'
import { products, variants } from '../schema.ts'
import { seedCatalog } from '../seed/seed-catalog.ts'
import { addPhoto } from './add-photo.ts'
import { addVariant } from './add-variant.ts'
import { createProduct } from './create-product.ts'
import { orderParts } from './order-parts.ts'
import { publishProduct } from './publish-product.ts'
import { readDeskProduct } from './read-desk-product.ts'
import { removePhoto } from './remove-photo.ts'
import { removeProduct } from './remove-product.ts'
import { removeVariant } from './remove-variant.ts'
import { savePhoto } from './save-photo.ts'
import { type ProductFacts, saveProduct } from './save-product.ts'
import { saveVariant } from './save-variant.ts'
import { setRelated } from './set-related.ts'
import { unpublishProduct } from './unpublish-product.ts'

const edit = samplePermit('catalogue.edit')
const read = samplePermit('catalogue.read')
const text = (word: string) => ({ en: word, fr: `${word} fr`, zh: `${word} zh` })
const NOW = new Date('2026-11-21T08:00:00Z')
const photo = (file: string) => ({
  file,
  original: `original-${file}`,
  crop: { left: 0, top: 0, size: 10_000 },
  blur: 'data:image/webp;base64,AA==',
  colour: '#808080',
})

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await db.delete(cacheInvalidations)
})

const idOf = async (slug: string) => {
  const [row] = await db.select({ id: products.id }).from(products).where(eq(products.slug, slug))
  if (!row) throw new Error(`${slug} is not there`)
  return row.id
}
async function show(productId: number) {
  const product = await readDeskProduct(read, productId)
  if (!product) throw new Error(`${productId} is not there`)
  return product
}
const seen = async (productId: number) => ({ productId, version: (await show(productId)).version })
const facts = ({ slug, category, name, description, material, dimensions, weightG }: ProductFacts): ProductFacts => ({
  ...{ slug, category, name, description, material, dimensions, weightG },
})
const invalidated = async () =>
  new Set((await db.select({ tag: cacheInvalidations.tag }).from(cacheInvalidations)).map(({ tag }) => tag))
const lastEntry = async (productId: number) => {
  const ofProduct = and(eq(auditLog.aboutKind, 'product'), eq(auditLog.aboutId, String(productId)))
  return (await db.select().from(auditLog).where(ofProduct).orderBy(desc(auditLog.id)).limit(1))[0]
}

const foundBy = async (words: string) =>
  (await searchProducts({ locale: 'en', query: parseSearchQuery(words), page: 1 }))?.products.map(({ slug }) => slug)

let number = 0
/** A draft that lacks nothing. */
async function wholeDraft() {
  number += 1
  const slug = `test-piece-${number}`
  const created = await createProduct(edit, { slug, category: 'tea', name: text('Test piece'), weightG: 300 })
  if (!created.ok) throw new Error(created.error.code)
  const { productId } = created.value
  const added = await addPhoto(edit, { productId, version: 1 }, photo(`${slug}.webp`))
  if (!added.ok) throw new Error(added.error.code)
  const photoId = added.value.value
  await savePhoto(edit, { productId, version: 2 }, { photoId, alt: text('seen') })
  const variant = { sku: `T-${number}`, options: { glaze: 'celadon' }, weightG: null, photoId, offered: true }
  await addVariant(edit, { productId, version: 3 }, { ...variant, priceFen: toFen(12_300n) })
  const draft = await show(productId)
  await saveProduct(edit, { productId, version: 4 }, { ...facts(draft), description: text('d'), material: text('m') })
  return { productId, slug, photoId }
}

test('a piece is begun, filled in, published and seen: in its language, in the search, on the tags of its pages', async () => {
  const { productId, slug } = await wholeDraft()
  expect(await getProduct('fr', slug)).toBeNull()
  await db.delete(cacheInvalidations)

  expect(await publishProduct(edit, await seen(productId), NOW)).toMatchObject({ ok: true })
  expect(await getProduct('fr', slug)).toMatchObject({ name: 'Test piece fr', publishedAt: NOW })
  expect(await invalidated()).toEqual(new Set([productTag(slug), categoryTag('tea'), newestTag]))
  expect(await foundBy('Test piece')).toContain(slug)
  expect(await lastEntry(productId)).toMatchObject({
    action: 'product.publish',
    actor: 'staff:00000000-0000-4000-8000-000000000001',
    after: { published: true },
  })
})

test('a piece with gaps is not published, and what it lacks is told', async () => {
  const created = await createProduct(edit, {
    slug: 'half-a-cup',
    category: 'cups',
    name: { en: 'Half a cup', fr: '', zh: '' },
    weightG: 100,
  })
  if (!created.ok) throw new Error(created.error.code)
  const published = await publishProduct(edit, { productId: created.value.productId, version: 1 }, NOW)
  expect(published).toMatchObject({ ok: false, error: { code: 'gaps' } })
  if (published.ok || published.error.code !== 'gaps') return
  expect(published.error.gaps).toContainEqual({ what: 'name', locale: 'zh' })
  expect(published.error.gaps).toContainEqual({ what: 'variant' })
  expect(await show(created.value.productId)).toMatchObject({ published: false, version: 1 })
})

test('a piece that is in the shop never becomes one with gaps, whoever takes the last part away', async () => {
  const { productId, slug, photoId } = await wholeDraft()
  await publishProduct(edit, await seen(productId), NOW)
  const whole = await show(productId)
  const [variant] = whole.variants
  if (!variant) throw new Error('no variant')
  const takeAway = [
    saveProduct(edit, await seen(productId), { ...facts(whole), name: { ...whole.name, zh: '' } }),
    savePhoto(edit, await seen(productId), { photoId, alt: { ...text('seen'), fr: '' } }),
    saveVariant(edit, await seen(productId), {
      ...{ variantId: variant.id, sku: variant.sku, options: variant.options, weightG: null },
      ...{ photoId: null, offered: true },
    }),
    removeVariant(edit, await seen(productId), variant.id),
  ]
  for (const taken of await Promise.all(takeAway)) expect(taken).toMatchObject({ ok: false, error: { code: 'gaps' } })
  expect(await show(productId)).toEqual(whole)
  expect(await removePhoto(edit, await seen(productId), photoId)).toMatchObject({
    error: { code: 'photo_in_use', skus: [variant.sku] },
  })
  expect(await getProduct('en', slug)).not.toBeNull()
})

test('twenty people save the same form: one does, nineteen are told, nothing of theirs is written', async () => {
  const { productId } = await wholeDraft()
  const before = await show(productId)
  const asked = Array.from({ length: 20 }, (_, i) =>
    saveProduct(edit, { productId, version: before.version }, { ...facts(before), name: text(`Name ${i}`) }),
  )
  const answers = await Promise.all(asked)
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  for (const answer of answers)
    if (!answer.ok) expect(answer.error).toEqual({ code: 'changed_meanwhile', version: before.version + 1 })
  const winner = answers.findIndex(({ ok }) => ok)
  expect(await show(productId)).toMatchObject({ version: before.version + 1, name: text(`Name ${winner}`) })
  expect(await lastEntry(productId)).toMatchObject({ action: 'product.save', before: { name: before.name } })
})

test('a former address leads on to the present one, also after a second move and back again', async () => {
  const { productId, slug } = await wholeDraft()
  await publishProduct(edit, await seen(productId), NOW)
  const move = async (to: string) =>
    saveProduct(edit, await seen(productId), { ...facts(await show(productId)), slug: to })
  await db.delete(cacheInvalidations)
  await move('moved-once')
  expect(await invalidated()).toEqual(new Set([productTag(slug), productTag('moved-once')]))
  await move('moved-twice')
  expect(await findMovedProduct(slug)).toBe('moved-twice')
  expect(await findMovedProduct('moved-once')).toBe('moved-twice')
  await move(slug)
  expect(await findMovedProduct(slug)).toBeNull()
  expect(await findMovedProduct('moved-twice')).toBe(slug)
  expect(await move('round-teapot')).toEqual({ ok: false, error: { code: 'slug_taken' } })
})

test('what was never ordered is deleted; what left a trace is archived, and can come back as a draft', async () => {
  const { productId } = await wholeDraft()
  const gone = await removeProduct(edit, await seen(productId), NOW)
  expect(gone).toMatchObject({ ok: true, value: { value: 'deleted' } })
  expect(await readDeskProduct(read, productId)).toBeNull()

  const vase = await idOf('bottle-vase')
  expect(await removeProduct(edit, await seen(vase), NOW)).toMatchObject({ error: { code: 'still_published' } })
  await unpublishProduct(edit, await seen(vase))
  expect(await removeProduct(edit, await seen(vase), NOW)).toMatchObject({ value: { value: 'archived' } })
  expect(await show(vase)).toMatchObject({ archivedAt: NOW })
  expect(await publishProduct(edit, await seen(vase), null)).toMatchObject({ error: { code: 'archived' } })
})

test('a variant that is not offered is not shown, not found and not sold', async () => {
  const teapot = await idOf('round-teapot')
  const { variants: before } = await show(teapot)
  const [first, second] = before
  if (!first || !second) throw new Error('two variants are needed')
  expect(await removeVariant(edit, await seen(teapot), first.id)).toMatchObject({ value: { value: 'withdrawn' } })
  expect((await getProduct('en', 'round-teapot'))?.variants.map(({ sku }) => sku)).not.toContain(first.sku)
  expect(await readOffer([first.id])).toEqual(new Map())
  expect(await readOffer([second.id])).not.toEqual(new Map())
  expect(await foundBy('tenmoku')).toContain('round-teapot')
  expect(await foundBy('celadon')).not.toContain('round-teapot')
})

test('variants of one piece differ in SKU and in choice', async () => {
  const { productId } = await wholeDraft()
  const variant = { sku: 'T-OTHER', options: { glaze: 'ivory' }, weightG: null, photoId: null, offered: false }
  const add = async (part: Partial<typeof variant>) =>
    addVariant(edit, await seen(productId), { ...variant, ...part, priceFen: toFen(100n) })
  expect(await add({ sku: 'CPT-RT90-CEL' })).toEqual({ ok: false, error: { code: 'sku_taken' } })
  expect(await add({ options: { glaze: 'celadon' } })).toEqual({ ok: false, error: { code: 'options_taken' } })
  expect(await add({ photoId: 1 } as never)).toEqual({ ok: false, error: { code: 'unknown_photo' } })
  expect(await add({})).toMatchObject({ ok: true })
})

test('pictures: put in order, cut anew also where a variant shows them, further views on the page', async () => {
  const { productId, slug, photoId } = await wholeDraft()
  const second = await addPhoto(edit, await seen(productId), photo('further.webp'))
  if (!second.ok) throw new Error(second.error.code)
  const further = second.value.value
  expect(await addPhoto(edit, await seen(productId), photo('further.webp'))).toMatchObject({
    error: { code: 'same_photo' },
  })
  await savePhoto(edit, await seen(productId), { photoId: further, alt: text('from behind') })
  await savePhoto(edit, await seen(productId), { photoId, cut: photo('cut-anew.webp') })
  expect((await show(productId)).variants[0]).toMatchObject({ image: 'cut-anew.webp', imageAlt: text('seen') })

  const ordered = await orderParts(edit, await seen(productId), { parts: 'photos', ids: [further, photoId] })
  expect(ordered).toMatchObject({ ok: true })
  expect((await show(productId)).photos.map(({ id }) => id)).toEqual([further, photoId])
  for (const ids of [[further], [further, further], [further, photoId, 1]])
    expect(await orderParts(edit, await seen(productId), { parts: 'photos', ids })).toMatchObject({
      error: { code: 'other_parts' },
    })
  await publishProduct(edit, await seen(productId), NOW)
  expect((await getProduct('fr', slug))?.views).toEqual([{ image: 'further.webp', alt: 'from behind fr' }])
})

test('chosen pieces come first below another, and the shelf fills up', async () => {
  const gaiwan = await idOf('gaiwan')
  const chosen = ['moon-jar', 'rice-bowl']
  expect(await setRelated(edit, await seen(gaiwan), chosen)).toMatchObject({ ok: true })
  const shown = (await listRelatedProducts('en', 'gaiwan', 3)).map(({ slug }) => slug)
  expect(shown.slice(0, 2)).toEqual(chosen)
  expect(shown).toHaveLength(3)
  for (const slugs of [['gaiwan'], ['no-such-piece', 'moon-jar']])
    expect(await setRelated(edit, await seen(gaiwan), slugs)).toMatchObject({ error: { code: 'unknown_related' } })
})

test('a price that changes while the form is open makes the form stale', async () => {
  const mug = await idOf('rice-bowl')
  const open = await seen(mug)
  const [variant] = await db.select().from(variants).where(eq(variants.productId, mug)).limit(1)
  const { changePrice } = await import('../change-price.ts')
  await changePrice({ sku: variant?.sku ?? '', priceFen: toFen(77_700n), reason: 'list', actor: 'test' })
  expect(await saveProduct(edit, open, { ...facts(await show(mug)), weightG: 1 })).toMatchObject({
    error: { code: 'changed_meanwhile' },
  })
})
