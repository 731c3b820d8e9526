import 'server-only'
import { asc, desc, eq } from 'drizzle-orm'
import { listAddresses } from '../addresses/list-addresses.ts'
import { products } from '../catalog/schema.ts'
import { db } from '../client.ts'
import { listMailChoices } from '../mails/mail-choices.ts'
import { reviews } from '../reviews/schema.ts'
import { readOwnOrders } from './read-own-orders.ts'
import { accounts, sessions } from './schema.ts'

/** All that is kept about somebody in their account, for them to take away; amounts in fen, as text. */
export async function readOwnData(accountId: string) {
  const [account] = await db
    .select({
      email: accounts.email,
      name: accounts.name,
      language: accounts.locale,
      createdAt: accounts.createdAt,
      confirmedAt: accounts.confirmedAt,
    })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  const devices = await db
    .select({
      signedInAt: sessions.createdAt,
      seenAt: sessions.seenAt,
      signedOutAt: sessions.revokedAt,
      ip: sessions.ip,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(eq(sessions.accountId, accountId))
    .orderBy(desc(sessions.createdAt))
  const [addresses, written, mailChoices, orders] = await Promise.all([
    listAddresses(accountId),
    readOwnReviews(accountId),
    account ? listMailChoices(account.email) : [],
    readOwnOrders(accountId),
  ])
  return { account: account ?? null, devices, addresses, mailChoices, reviews: written, orders }
}

const readOwnReviews = (accountId: string) =>
  db
    .select({
      piece: products.slug,
      stars: reviews.stars,
      title: reviews.title,
      words: reviews.words,
      author: reviews.author,
      language: reviews.locale,
      state: reviews.state,
      writtenAt: reviews.writtenAt,
      changedAt: reviews.changedAt,
      answer: reviews.answer,
      refusal: reviews.refusal,
    })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .where(eq(reviews.accountId, accountId))
    .orderBy(asc(reviews.writtenAt))
