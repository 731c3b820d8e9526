import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '#db/client.ts'
import { fillPaidOrders } from '#db/testing/fill-paid-orders.ts'
import { archiveMonths } from './archive-months.ts'
import { erasePersonal } from './erase-personal.ts'
import { searchArchive } from './search-archive.ts'
import { readManifest, verifyArchive } from './verify-archive.ts'
import { WrongArchive } from './wrong-archive.ts'

const NOW = new Date('2026-11-21T04:00:00Z')
const ORDER = 'AAAA0000000123'
const root = mkdtempSync(join(tmpdir(), 'comptoir-archive-'))
const folder = join(root, 'archive')
const pair = generateKeyPairSync('ed25519')
const exportTo = (into: string, key = pair) =>
  archiveMonths({
    databaseUrl: process.env['DATABASE_URL'] ?? '',
    folder: into,
    signingKey: key.privateKey,
    publicKeys: [key.publicKey],
    now: NOW,
    onProgress: () => undefined,
  })
const verify = (of: string, keys: readonly KeyObject[] = [pair.publicKey], keepYears = 5) =>
  verifyArchive(of, { keys, now: NOW, keepYears })
const copyOf = (name: string) => {
  const to = join(root, name)
  rmSync(to, { recursive: true, force: true })
  cpSync(folder, to, { recursive: true })
  return to
}

beforeAll(async () => {
  const period = { from: new Date('2026-08-10T00:00:00Z'), to: new Date('2026-11-15T00:00:00Z') }
  await fillPaidOrders({ provider: 'alipay', count: 400, prefix: 'AAAA', ...period })
  // What the shop stamps by its own clock was filled in one moment.
  await sql`alter table journals disable trigger user`
  await sql`update journals set booked_at = occurred_at from payment_events where payment_events.id = payment_event_id`
  await sql`alter table journals enable trigger user`
  await sql`alter table payment_events disable trigger user`
  await sql`update payment_events set recorded_at = occurred_at`
  await sql`alter table payment_events enable trigger user`
  await sql`
    insert into payment_messages (provider, source, headers, body, verdict, kind, event_id, out_trade_no, received_at)
    select 'alipay', 'notify', '{"x-forwarded-for": "203.0.113.7"}', convert_to('buyer_logon_id=' || out_trade_no, 'UTF8'),
      'accepted', 'paid', event_id, out_trade_no, occurred_at
    from payment_events join payment_attempts on payment_attempts.id = attempt_id`
  await sql`
    insert into audit_log (at, actor, action, about_kind, about_id, before, reason, ip)
    select occurred_at, 'staff:1', 'orders.note', 'order', out_trade_no, '{"note": "=1+1, \\"quoted\\""}', e'two\nlines', '203.0.113.9'
    from payment_events join payment_attempts on payment_attempts.id = attempt_id`
  await exportTo(folder)
})
afterAll(() => rmSync(root, { recursive: true }))

test('closed months only, each row once, in files that other programs read', async () => {
  expect(readdirSync(folder).toSorted()).toEqual(['2026-08', '2026-09', '2026-10'])
  const { rows, months, erased } = await verify(folder)
  const [events] = await sql`select count(*)::int as n from payment_events where recorded_at < '2026-10-31T16:00:00Z'`
  // An event, its message, an entry of the log and two sides of a journal for each order.
  expect({ rows, months: months.length, erased }).toEqual({ rows: 5 * events?.['n'], months: 3, erased: 0 })
  const csv = gunzipSync(readFileSync(join(folder, '2026-09/audit_log.csv.gz'))).toString()
  expect(csv.startsWith('n,order,id,at,actor,action,about_kind,about_id,personal\n')).toBe(true)
})

test('a second run finds nothing to do, a killed one is begun anew', async () => {
  const killed = copyOf('killed')
  renameSync(join(killed, '2026-10'), join(killed, '2026-10.unfinished'))
  rmSync(join(killed, '2026-10.unfinished/month.json'))
  expect((await exportTo(killed)).map(({ month }) => month)).toEqual(['2026-10'])
  await verify(killed)
  expect(await exportTo(killed)).toEqual([])
})

test('one bit changed at 50 random places is found 50 times, and the file named', async () => {
  const copy = copyOf('flipped')
  const files = readdirSync(copy, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const rowNamed: boolean[] = []
  for (let n = 0; n < 50; n++) {
    const entry = files[n % files.length]
    if (!entry) throw new Error('no files')
    const path = join(entry.parentPath, entry.name)
    const whole = readFileSync(path)
    const at = randomBytes(4).readUInt32BE() % whole.length
    const flipped = Buffer.from(whole)
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (n % 8))
    writeFileSync(path, flipped)
    const error = await verify(copy).catch((thrown: unknown) => thrown)
    writeFileSync(path, whole)
    expect(error, `${path} at ${at}`).toBeInstanceOf(WrongArchive)
    const month = entry.parentPath.split('/').at(-1) ?? ''
    expect(String(error)).toContain(entry.name.startsWith('month.json') ? month : entry.name)
    rowNamed.push(/row \d+/.test(String(error)))
  }
  expect(rowNamed.filter(Boolean).length).toBeGreaterThan(10)
  await verify(copy)
})

test('any bit of a signature that is changed is found, also those that base64 leaves open', async () => {
  const copy = copyOf('signature')
  const path = join(copy, '2026-09/month.json.sig')
  const whole = readFileSync(path)
  for (let at = 0; at < whole.length; at++)
    for (const bit of [0, 3, 6]) {
      const flipped = Buffer.from(whole)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
      writeFileSync(path, flipped)
      expect(() => readManifest(copy, '2026-09', [pair.publicKey]), `byte ${at}, bit ${bit}`).toThrow(WrongArchive)
    }
})

const wrongs: [name: string, change: (copy: string) => void, told: string][] = [
  ['a month is missing', (copy) => rmSync(join(copy, '2026-09'), { recursive: true }), '2026-09: the month is missing'],
  ['the first month is missing', (copy) => rmSync(join(copy, '2026-08'), { recursive: true }), '2026-08, is missing'],
  ['a file is missing', (copy) => rmSync(join(copy, '2026-09/ledger.csv.gz')), 'ledger.csv.gz: it is missing'],
  [
    'a file is of another month',
    (copy) => copyFileSync(join(copy, '2026-08/ledger.jsonl.gz'), join(copy, '2026-09/ledger.jsonl.gz')),
    '2026-09/ledger.jsonl.gz, row 1',
  ],
  [
    'what is personal was taken away',
    (copy) =>
      writeFileSync(
        join(copy, '2026-09/payment_messages.personal.jsonl.gz'),
        readFileSync(join(copy, '2026-09/ledger.personal.jsonl.gz')),
      ),
    'payment_messages.personal.jsonl.gz',
  ],
]
test.each(wrongs)('%s', async (_name, change, told) => {
  const copy = copyOf('wrong')
  change(copy)
  await expect(verify(copy)).rejects.toThrow(told)
})

test('a month that somebody else signed, or made anew, is refused', async () => {
  const stranger = generateKeyPairSync('ed25519')
  await expect(verify(folder, [stranger.publicKey])).rejects.toThrow('signature')
  // Made anew with the right key: signed, sound in itself, and not what the next month follows.
  const other = join(root, 'other')
  mkdirSync(other)
  await exportTo(other)
  const copy = copyOf('mixed')
  rmSync(join(copy, '2026-09'), { recursive: true })
  cpSync(join(other, '2026-09'), join(copy, '2026-09'), { recursive: true })
  await expect(verify(copy)).rejects.toThrow(/2026-09 that is here|does not follow/)
})

test('an old key goes on proving what it signed', async () => {
  const newer = generateKeyPairSync('ed25519')
  await verify(folder, [newer.publicKey, pair.publicKey])
})

test('an order is found without the database, and told of until it is erased', async () => {
  const copy = copyOf('erased')
  const found = await Array.fromAsync(searchArchive(copy, ORDER))
  expect(found.map(({ table }) => table).toSorted()).toEqual(
    ['audit_log', 'ledger', 'ledger', 'payment_events', 'payment_messages'].toSorted(),
  )
  expect(JSON.stringify(found)).toContain('203.0.113.7')
  const keys = { signingKey: pair.privateKey, publicKeys: [pair.publicKey] }
  expect(await erasePersonal(copy, { order: ORDER, ...keys, now: NOW })).toBe(2)
  expect((await verify(copy)).erased).toBe(2)
  const left = await Array.fromAsync(searchArchive(copy, ORDER))
  expect(left).toHaveLength(5)
  expect(JSON.stringify(left)).not.toContain('203.0.113')
})
