import type { TransactionSql } from 'postgres'
import { beforeEach, expect, test } from 'vitest'
import { toFen } from '#lib/domain/money.ts'
import { checkSeals, type SealWitness } from '../audit/seal-rule.ts'
import { db, sql } from '../client.ts'
import { bookJournal } from './book-journal.ts'
import { SEALED_AT_ONCE, sealJournals } from './seal-journals.ts'

let booked = 0
const fee = (tx: Parameters<typeof bookJournal>[0], reference = `bill_line:${++booked}`) =>
  bookJournal(
    tx,
    { kind: 'fee', amount: toFen(BigInt(booked)) },
    { source: { reference: reference as `${string}:${string}` }, orderId: null, provider: 'alipay', currency: 'CNY' },
  )
const bookFees = async (count: number) => {
  for (let n = 0; n < count; n++) await db.transaction((tx) => fee(tx))
}

/** What the chain says after somebody who may do everything did this; nothing of it stays. */
async function findAfter(tampering: string, witness: SealWitness | null = null): Promise<string[]> {
  let found: string[] = []
  class Undo extends Error {}
  const undone = sql.begin(async (tx: TransactionSql) => {
    await tx`set local session_replication_role = replica`
    await tx.unsafe(tampering)
    found = (await checkSeals(tx, witness)).map(({ what }) => what)
    throw new Undo()
  })
  await expect(undone).rejects.toThrow(Undo)
  return found
}

const journalAt = async (position: number) => {
  const [row] = await sql<[{ journal: string; first: string; second: string }]>`
    select journal_seals.journal_id as journal, min(id) as first, max(id) as second
    from journal_seals join ledger_entries on ledger_entries.journal_id = journal_seals.journal_id
    where position = ${position} group by 1`
  return row
}

beforeEach(async () => {
  await sql`truncate journals, unsealed_journals cascade`
  booked = 0
  await bookFees(5)
  await sealJournals()
})

test('journals are chained in the order of sealing, each once', async () => {
  expect(await sealJournals()).toMatchObject({ sealed: 0, position: '5' })
  await bookFees(2)
  expect(await sealJournals()).toMatchObject({ sealed: 2, position: '7' })
  expect(await findAfter('')).toEqual([])
  expect((await sql`select * from unsealed_journals`).length).toBe(0)
})

test('a transaction that commits late is not skipped', async () => {
  const { promise: commit, resolve: letGo } = Promise.withResolvers<void>()
  const { promise: written, resolve: isWritten } = Promise.withResolvers<void>()
  const late = db.transaction(async (tx) => {
    await fee(tx, 'bill_line:late')
    isWritten()
    await commit
  })
  await written
  await bookFees(3)
  expect(await sealJournals()).toMatchObject({ sealed: 3 })
  letGo()
  await late
  expect(await sealJournals()).toMatchObject({ sealed: 1, position: '9' })
  expect(await findAfter('')).toEqual([])
})

test('who books never waits for the sealer, and sealers not for each other', async () => {
  await bookFees(20)
  const sealed = await Promise.all([
    ...Array.from({ length: 4 }, () => sealJournals()),
    ...Array.from({ length: 4 }, () => bookFees(5)),
  ])
  expect(sealed.length).toBe(8)
  await sealJournals()
  expect(await findAfter('')).toEqual([])
  expect(await sql`select count(*)::int as count, max(position)::int as last from journal_seals`).toMatchObject([
    { count: 45, last: 45 },
  ])
})

test('an edited entry is named, with what it was and what it is', async () => {
  const { first, journal } = await journalAt(3)
  expect(await findAfter(`update ledger_entries set amount_fen = amount_fen + 1 where id = ${first}`)).toEqual([
    `entry ${first} of journal ${journal}: was fees alipay 3 CNY, is fees alipay 4 CNY`,
  ])
})

test('an edited journal is named', async () => {
  const { journal } = await journalAt(2)
  expect(await findAfter(`update journals set reference = 'bill_line:x' where id = '${journal}'`)).toEqual([
    `journal ${journal}: reference was bill_line:2, is bill_line:x`,
  ])
})

test('deleted rows are named', async () => {
  const { journal, second } = await journalAt(4)
  expect(await findAfter(`delete from ledger_entries where id = ${second}`)).toEqual([
    `entry ${second} of journal ${journal}: was clearing alipay -4 CNY, is gone`,
  ])
  expect(await findAfter(`delete from journals where id = '${journal}'`)).toEqual([`journal ${journal} is gone`])
})

test('a row that was put into a sealed journal is named', async () => {
  const { journal } = await journalAt(1)
  const found = await findAfter(`
    insert into ledger_entries (journal_id, account, provider, amount_fen, currency)
    values ('${journal}', 'sales', 'alipay', 0, 'CNY')`)
  expect(found).toEqual([expect.stringMatching(/^entry \d+ of journal .*: was not there, is sales alipay 0 CNY$/)])
})

test('two rows that changed places are both named', async () => {
  const [one, other] = [await journalAt(2), await journalAt(5)]
  const found = await findAfter(`
    update ledger_entries set amount_fen = case id when ${one.first} then 5 else 2 end
    where id in (${one.first}, ${other.first})`)
  expect(found).toEqual([
    `entry ${one.first} of journal ${one.journal}: was fees alipay 2 CNY, is fees alipay 5 CNY`,
    `entry ${other.first} of journal ${other.journal}: was fees alipay 5 CNY, is fees alipay 2 CNY`,
  ])
})

test.each([
  ['content', `update journal_seals set content = content || ' ' where position = 3`],
  ['hash', `update journal_seals set hash = sha256('x') where position = 3`],
])('a seal with another %s is named alone', async (_what, tampering) => {
  expect((await findAfter(tampering)).filter((what) => what.startsWith('seal'))).toEqual([
    'seal 3: its hash does not follow from its content and the seal before',
  ])
})

test('seals that are gone or changed places are named', async () => {
  expect(await findAfter('delete from journal_seals where position in (2, 3)')).toContain('seals 2 to 3 are gone')
  const swapped = await findAfter(`
    update journal_seals set position = -position where position in (2, 4);
    update journal_seals set position = 6 + position where position < 0`)
  expect(swapped).toContain('seal 2: its hash does not follow from its content and the seal before')
  expect(swapped).toContain('seal 4: its hash does not follow from its content and the seal before')
})

test('a chain that was made anew, or cut at its end, does not hold what was noted of it', async () => {
  const sealed = await sealJournals()
  if (!sealed) throw new Error('somebody else seals')
  const witness = { position: sealed.position, hash: sealed.head }
  expect(await findAfter('', witness)).toEqual([])
  const cut = `delete from journals where id = (select journal_id from journal_seals where position = 5);
    delete from journal_seals where position = 5`
  expect(await findAfter(cut)).toEqual([])
  expect(await findAfter(cut, witness)).toEqual(['seal 5: not the one that was noted'])
})

test('more than one batch is sealed batch by batch', async () => {
  await sql`
    with journal as (
      insert into journals (kind, reference) select 'correction', 'incident:' || n from generate_series(1, ${SEALED_AT_ONCE + 1}) as n
      returning id
    ) insert into ledger_entries (journal_id, account, provider, amount_fen, currency)
    select id, account, 'alipay', amount, 'CNY' from journal, (values ('suspense', 1), ('clearing', -1)) as side (account, amount)`
  expect(await sealJournals()).toMatchObject({ sealed: SEALED_AT_ONCE })
  expect(await sealJournals()).toMatchObject({ sealed: 1 })
  expect(await findAfter('')).toEqual([])
})

test('a seal is never changed', async () => {
  await expect(sql`update journal_seals set position = 9 where position = 1`).rejects.toThrow('append-only')
  await expect(sql`delete from journal_seals`).rejects.toThrow('append-only')
})
