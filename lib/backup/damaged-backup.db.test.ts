import { randomBytes } from 'node:crypto'
import { copyFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateX25519Identity } from 'age-encryption'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { makeBackup } from './make-backup.ts'
import { DamagedBackup, openBackup } from './open-backup.ts'
import { madeBackup } from './testing/made-backup.ts'
import { rewriteBackup } from './testing/rewrite-backup.ts'
import { verifyBackup } from './verify-backup.ts'

let made: Awaited<ReturnType<typeof madeBackup>>
beforeAll(async () => {
  await seedCatalog(db, new Date())
  // What does not compress, so that the file has many chunks of age.
  for (let n = 0; n < 16; n++)
    await sql`
      insert into payment_messages (provider, source, headers, body, verdict, reason, received_at)
      values ('alipay', 'notify', '{}', ${randomBytes(100_000)}, 'refused', 'test', now())`
  made = await madeBackup()
})
afterAll(() => rmSync(made.folder, { recursive: true }))

const verify = (file: string, identities = made.identities) => verifyBackup(file, { identities })
const variant = (name: string, content: Uint8Array) => {
  const file = join(made.folder, name)
  writeFileSync(file, content)
  return file
}

test('one byte changed at 50 random places is found 50 times, and named', async () => {
  const whole = readFileSync(made.file)
  const told: string[] = []
  for (let n = 0; n < 50; n++) {
    const at = Math.floor(((n + Math.random()) / 50) * whole.length)
    const flipped = Buffer.from(whole)
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (n % 8))
    const error = await verify(variant('flipped', flipped)).catch((thrown: unknown) => thrown)
    expect(error, `byte ${at}`).toBeInstanceOf(DamagedBackup)
    told.push(String(error))
  }
  expect(told.filter((text) => text.includes('damaged at public.payment_messages/000001')).length).toBeGreaterThan(30)
  expect((await verify(made.file)).contents.way).toBe('copy')
})

test.each([0, 0.001, 0.3, 0.7, 0.999])('cut off after %d of its length', async (share) => {
  const whole = readFileSync(made.file)
  const file = variant('cut', whole.subarray(0, Math.floor(share * whole.length)))
  await expect(verify(file)).rejects.toThrow(DamagedBackup)
})

test('the wrong key says so', async () => {
  await expect(verify(made.file, [await generateX25519Identity()])).rejects.toThrow('is not for the key at hand')
})

test('something else is no backup', async () => {
  await expect(verify(variant('foreign', Buffer.from('PK\u0003\u0004 some archive')))).rejects.toThrow(
    'no backup at all',
  )
})

test('a file that is not the one that was written', async () => {
  const expectedHash = '0'.repeat(64)
  await expect(verifyBackup(made.file, { identities: made.identities, expectedHash })).rejects.toThrow('its SHA-256 is')
})

test('a part that somebody with the public key took out, doubled or exchanged is named', async () => {
  const part = 'public.products/000001.copy.gz'
  const other = (await Array.fromAsync(openBackup(made.file, made.identities))).find(({ name }) =>
    name.startsWith('public.variants/'),
  )
  const changes: Parameters<typeof rewriteBackup>[1][] = [
    (entry) => (entry.name === part ? [] : [entry]),
    (entry) => (entry.name === part ? [entry, entry] : [entry]),
    (entry) => (entry.name === part ? [{ name: part, bytes: other?.bytes ?? new Uint8Array() }] : [entry]),
  ]
  for (const change of changes) {
    const file = join(made.folder, 'rewritten')
    await rewriteBackup(made, change, file)
    await expect(verify(file)).rejects.toThrow(/damaged at public\.(products|sessions|refund|stock|[a-z_]+)/)
  }
})

test('a full disk leaves the older backup and no half one', async () => {
  const file = join(made.folder, 'full.tar.age')
  copyFileSync(made.file, file)
  symlinkSync('/dev/full', `${file}.unfinished`)
  const order = {
    databaseUrl: process.env['DATABASE_URL'] ?? '',
    recipients: made.recipients,
    file,
    photosFolder: null,
  }
  await expect(makeBackup({ ...order, way: 'copy', onProgress: () => undefined })).rejects.toThrow('ENOSPC')
  expect((await verify(file)).sha256).toBe(made.backup.sha256)
})
