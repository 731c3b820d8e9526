import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Journal } from '#lib/domain/journal.ts'
import { toFen } from '#lib/domain/money.ts'
import { db } from '../client.ts'
import { bookJournal } from './book-journal.ts'
import { journals, ledgerEntries } from './schema.ts'

const fee: Journal = { kind: 'fee', amount: toFen(6n) }
const book = (reference: `${string}:${string}`, journal = fee) =>
  db.transaction((tx) =>
    bookJournal(tx, journal, { source: { reference }, orderId: null, provider: 'alipay', currency: 'CNY' }),
  )
const entriesBookedFor = (reference: string) =>
  db
    .select({ account: ledgerEntries.account, amountFen: ledgerEntries.amountFen })
    .from(ledgerEntries)
    .innerJoin(journals, eq(journals.id, ledgerEntries.journalId))
    .where(eq(journals.reference, reference))
    .orderBy(ledgerEntries.id)

test('a journal is there with its sides', async () => {
  expect(await book('bill_line:1')).toBe(true)
  expect(await entriesBookedFor('bill_line:1')).toEqual([
    { account: 'fees', amountFen: 6n },
    { account: 'clearing', amountFen: -6n },
  ])
})

test('twenty who book the same source at once book it once', async () => {
  const booked = await Promise.all(Array.from({ length: 20 }, () => book('bill_line:2')))
  expect(booked.filter(Boolean)).toHaveLength(1)
  expect(await entriesBookedFor('bill_line:2')).toHaveLength(2)
})

test('a journal that cannot be booked leaves nothing, and its source free', async () => {
  await expect(book('bill_line:3', { kind: 'fee', amount: toFen(0n) })).rejects.toThrow(RangeError)
  expect(await book('bill_line:3')).toBe(true)
})

test('a journal books exactly one source', async () => {
  await expect(db.insert(journals).values({ kind: 'fee' })).rejects.toThrow()
})
