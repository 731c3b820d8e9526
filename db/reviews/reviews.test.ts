import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { reviewsTag } from '#lib/domain/cache-tags.ts'
import { REVIEW_AT_MOST } from '#lib/domain/review.ts'
import { eraseAccount } from '../accounts/erase-account.ts'
import { accounts } from '../accounts/schema.ts'
import { auditLog } from '../audit-log/schema.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db } from '../client.ts'
import { cacheInvalidations } from '../invalidations/schema.ts'
import { adjustStock } from '../stock/adjust-stock.ts'
import { sendOrderTo } from '../testing/delivered-order.ts'
import { permitFor } from '../testing/permit-for.ts'
import { answerReview, publishReview, refuseReview } from './judge-review.ts'
import { listReviewablePieces } from './list-reviewable-pieces.ts'
import { listReviews } from './list-reviews.ts'
import { readProductReviews } from './read-product-reviews.ts'
import { reviews } from './schema.ts'
import { withdrawReview } from './withdraw-review.ts'
import { type WriteReview, writeReview } from './write-review.ts'

const [TEAPOT, OTHER_TEAPOT, CUP] = ['CPT-RT90-CEL', 'CPT-RT90-TEN', 'CPT-TC65-CEL'] as const
const PIECE = 'round-teapot'
const reads = permitFor('reviews.moderate')
const NOW = new Date('2026-11-21T10:00:00Z')
let people = 0

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
  for (const sku of [TEAPOT, OTHER_TEAPOT, CUP])
    await adjustStock({ sku, delta: 200, reason: 'opening_stock', actor: 'test' })
})

async function newAccount(): Promise<string> {
  const email = `reader-${++people}@example.com`
  const [account] = await db.insert(accounts).values({ email, locale: 'en' }).returning({ id: accounts.id })
  if (!account) throw new Error('no account')
  return account.id
}

const sentTo = async (...sent: Parameters<typeof sendOrderTo>) => (await sendOrderTo(...sent)).orderId

const said = (accountId: string, orderId: string, over: Partial<WriteReview> = {}): WriteReview => ({
  accountId,
  orderId,
  position: 0,
  stars: 4,
  title: 'Pours well',
  words: 'It pours without a drop.',
  author: 'Lin',
  locale: 'en',
  ...over,
})

async function written(over: Partial<WriteReview> = {}) {
  const accountId = await newAccount()
  const orderId = await sentTo(accountId, { [TEAPOT]: 1 })
  const done = await writeReview(said(accountId, orderId, over), NOW)
  if (!done.ok) throw new Error(done.error.code)
  return { accountId, orderId, reviewId: done.value.reviewId }
}
const rowOf = async (reviewId: string) => (await db.select().from(reviews).where(eq(reviews.id, reviewId)))[0]
const shownOf = async (locale: 'en' | 'zh' = 'en') =>
  (await readProductReviews(locale, PIECE)).shown.map(({ id }) => id)
const invalidatedAt = async () =>
  (
    await db
      .select()
      .from(cacheInvalidations)
      .where(eq(cacheInvalidations.tag, reviewsTag(PIECE)))
  )[0]?.invalidatedAt
const judged = (reviewId: string, version = 1) => ({ reviewId, version, ip: null })

test('only a piece that arrived can be reviewed, by whose order it is', async () => {
  const [accountId, other] = [await newAccount(), await newAccount()]
  const onTheWay = await sentTo(accountId, { [TEAPOT]: 1 }, { arrived: false })
  const refused = { ok: false, error: { code: 'unknown_piece' } }
  expect(await writeReview(said(accountId, onTheWay))).toEqual(refused)
  const orderId = await sentTo(accountId, { [TEAPOT]: 1 })
  expect(await writeReview(said(other, orderId))).toEqual(refused)
  expect(await writeReview(said(accountId, orderId, { position: 7 }))).toEqual(refused)
  expect(await writeReview(said(accountId, randomUUID()))).toEqual(refused)
  expect(await listReviewablePieces(other, orderId)).toEqual([])
  expect(await writeReview(said(accountId, orderId))).toMatchObject({ ok: true })
})

test('a piece has one review of an account, however many variants, orders and tabs it came by', async () => {
  const accountId = await newAccount()
  const first = await sentTo(accountId, { [TEAPOT]: 1, [OTHER_TEAPOT]: 1, [CUP]: 1 })
  const pieces = await listReviewablePieces(accountId, first)
  expect(new Set(pieces.map(({ slug }) => slug))).toEqual(new Set([PIECE, 'tasting-cup']))
  expect(pieces).toHaveLength(2)
  const second = await sentTo(accountId, { [OTHER_TEAPOT]: 1 })
  const [piece] = await listReviewablePieces(accountId, second)
  const position = piece?.position ?? -1
  await Promise.all(
    Array.from({ length: 6 }, (_, tab) =>
      writeReview(said(accountId, tab % 2 ? first : second, { position: tab % 2 ? 0 : position, words: `Tab ${tab}` })),
    ),
  )
  expect(await db.$count(reviews, eq(reviews.accountId, accountId))).toBe(1)
  expect((await listReviewablePieces(accountId, second))[0]?.review?.stars).toBe(4)
})

test('nothing is shown before it was read; published it is, and the page hears of it', async () => {
  const { reviewId } = await written()
  expect(await shownOf()).not.toContain(reviewId)
  const before = await invalidatedAt()
  expect(await publishReview(reads, { ...judged(reviewId), answer: 'Thank you.' })).toMatchObject({ ok: true })
  expect(await shownOf()).toContain(reviewId)
  expect(await invalidatedAt()).not.toEqual(before)
  const again = await publishReview(reads, { ...judged(reviewId), answer: '' })
  expect(again).toEqual({ ok: false, error: { code: 'decided_before', state: 'published' } })
  const log = await db.select().from(auditLog).where(eq(auditLog.aboutId, reviewId))
  expect(log).toMatchObject([{ action: 'reviews.moderate', actor: 'staff:mei', after: { state: 'published' } }])
  expect(JSON.stringify(log.map(({ before, after }) => [before, after]))).not.toContain('drop')
})

test('what its author changes is off the page until it was read again, and nobody publishes words that they have not read', async () => {
  const { accountId, orderId, reviewId } = await written()
  await publishReview(reads, { ...judged(reviewId), answer: '' })
  const shownAt = await invalidatedAt()
  await writeReview(said(accountId, orderId), NOW)
  expect((await rowOf(reviewId))?.state).toBe('published') // the same again
  await writeReview(said(accountId, orderId, { stars: 1, words: 'It broke.' }), NOW)
  expect(await shownOf()).not.toContain(reviewId)
  expect(await invalidatedAt()).not.toEqual(shownAt)
  expect(await publishReview(reads, { ...judged(reviewId), answer: '' })).toMatchObject({
    error: { code: 'rewritten' },
  })
  expect(await publishReview(reads, { ...judged(reviewId, 2), answer: '' })).toMatchObject({ ok: true })
  expect(await shownOf()).toContain(reviewId)
})

test('a refusal has a reason, takes off the page, and can be followed by another try', async () => {
  const { accountId, orderId, reviewId } = await written()
  await publishReview(reads, { ...judged(reviewId), answer: '' })
  expect(await refuseReview(reads, { ...judged(reviewId), reason: '' })).toMatchObject({
    error: { code: 'words_missing' },
  })
  expect(await refuseReview(reads, { ...judged(reviewId), reason: 'It names a neighbour.' })).toMatchObject({
    ok: true,
  })
  expect(await shownOf()).not.toContain(reviewId)
  expect(await answerReview(reads, { ...judged(reviewId), answer: 'x' })).toMatchObject({ ok: false })
  await writeReview(said(accountId, orderId, { words: 'Without a name.' }), NOW)
  expect(await rowOf(reviewId)).toMatchObject({ state: 'pending', refusal: null, version: 2 })
})

test('of two who decide at once one is told of the other', async () => {
  const { reviewId } = await written()
  const both = await Promise.all([
    publishReview(reads, { ...judged(reviewId), answer: '' }),
    publishReview(permitFor('reviews.moderate', 'lin'), { ...judged(reviewId), answer: '' }),
  ])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
})

test('taken back it is gone, by its author alone; with the account all of them are, and the page hears of both', async () => {
  const [mine, theirs] = [await written(), await written()]
  for (const { reviewId } of [mine, theirs]) await publishReview(reads, { ...judged(reviewId), answer: '' })
  expect(await withdrawReview(theirs.accountId, mine.reviewId)).toBe(false)
  const shownAt = await invalidatedAt()
  expect(await withdrawReview(mine.accountId, mine.reviewId)).toBe(true)
  const goneAt = await invalidatedAt()
  expect(goneAt).not.toEqual(shownAt)
  expect(await eraseAccount(theirs.accountId, undefined, NOW)).toMatchObject({ ok: true })
  expect(await rowOf(theirs.reviewId)).toBeUndefined()
  expect(await invalidatedAt()).not.toEqual(goneAt)
})

test('the page shows the mean of all and its own language first; the desk what waits longest', async () => {
  await db.delete(reviews)
  const [zh, en, waiting] = [await written({ locale: 'zh', stars: 5 }), await written({ stars: 2 }), await written()]
  for (const { reviewId } of [zh, en]) await publishReview(reads, { ...judged(reviewId), answer: '' })
  expect(await shownOf('zh')).toEqual([zh.reviewId, en.reviewId])
  expect(await shownOf('en')).toEqual([en.reviewId, zh.reviewId])
  expect((await readProductReviews('fr', PIECE)).summary).toEqual({ count: 2, tenths: 35 })
  expect(await readProductReviews('fr', 'tasting-cup')).toEqual({ summary: null, shown: [] })
  const desk = await listReviews(reads, 'pending', null)
  expect(desk.reviews.map(({ review }) => review.id)).toEqual([waiting.reviewId])
  expect(desk.next).toBeNull()
})

test('words are kept as the text that they are, and the table refuses what no door lets through', async () => {
  const { accountId, orderId, reviewId } = await written()
  const most = '茶'.repeat(REVIEW_AT_MOST.words)
  for (const words of ['<img src=x onerror=alert(1)>', '🍵👩‍🎨', '=HYPERLINK("http://evil.example")', most]) {
    await writeReview(said(accountId, orderId, { words }), NOW)
    expect((await rowOf(reviewId))?.words).toBe(words)
  }
  for (const over of [{ words: `${most}x` }, { title: '' }, { author: ' '.repeat(41) }])
    await expect(writeReview(said(accountId, orderId, over), NOW)).rejects.toThrow()
})
