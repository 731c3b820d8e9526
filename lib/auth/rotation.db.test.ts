import { decode, encode } from 'next-auth/jwt'
import { expect, test, vi } from 'vitest'
import { ensureAccount } from '#db/accounts/find-account.ts'
import { staff } from '#db/accounts/schema.ts'
import { findTotp, listSealedTotp } from '#db/accounts/second-factor.ts'
import { db } from '#db/client.ts'
import { checkCode } from './check-code.ts'
import { challengeTime, makeChallenge } from './passkey-challenge.ts'
import { resealSecrets } from './reseal-secrets.ts'
import { openText, sealText } from './seal-text.ts'
import { openSessionToken, sealSession } from './session-token.ts'
import { newTotpSecret, totpCode } from './totp.ts'

/** The key before the present one, the present one, and one that is gone for good. */
const { PREVIOUS, PRESENT, GONE } = vi.hoisted(() => {
  const keys = { PREVIOUS: 'p'.repeat(40), PRESENT: 'n'.repeat(40), GONE: 'g'.repeat(40) }
  process.env['AUTH_SECRET'] = keys.PRESENT
  process.env['AUTH_SECRET_PREVIOUS'] = keys.PREVIOUS
  return keys
})
const NOW = new Date('2026-11-21T12:00:00Z')

let made = 0
async function staffSealedBy(key: string) {
  const { id } = await ensureAccount(`rotation-${++made}@example.com`, 'en')
  const secret = newTotpSecret()
  await db.insert(staff).values({
    accountId: id,
    roles: ['orders'],
    totpSecret: sealText('second-factor', secret, key),
    totpConfirmedAt: NOW,
  })
  return { id, secret }
}

test('sessions of the key before go on, new ones are sealed with the present key, older ones have ended', async () => {
  const of = (secret: string) => encode({ token: { sid: 'session' }, secret })
  expect(await openSessionToken(await of(PREVIOUS))).toBe('session')
  expect(await openSessionToken(await of(GONE))).toBeNull()
  const fresh = await sealSession('session')
  expect(await openSessionToken(fresh)).toBe('session')
  expect(await decode({ token: fresh, secret: PRESENT })).toMatchObject({ sid: 'session' })
})

test('codes of devices and challenges of the key before are still good', async () => {
  const { id, secret } = await staffSealedBy(PREVIOUS)
  expect(await checkCode(id, totpCode(secret, NOW), NOW)).toMatchObject({ ok: true })
  expect(challengeTime(makeChallenge('s', 'sign', NOW, PREVIOUS), 's', 'sign', NOW)).toEqual(NOW)
  expect(challengeTime(makeChallenge('s', 'sign', NOW, GONE), 's', 'sign', NOW)).toBeNull()
})

test('after resealing the key before is not needed; what no key opens is named; a second run has nothing to do', async () => {
  const [old, present, lost] = [await staffSealedBy(PREVIOUS), await staffSealedBy(PRESENT), await staffSealedBy(GONE)]
  const before = (await listSealedTotp()).length
  const { resealed, alreadyNew, lost: named } = await resealSecrets()
  expect(resealed + alreadyNew + named.length).toBe(before)
  expect(named).toEqual([lost.id])
  for (const { id, secret } of [old, present])
    expect(openText('second-factor', (await findTotp(id))?.sealed ?? '', [PRESENT])).toBe(secret)
  expect(await resealSecrets()).toEqual({ resealed: 0, alreadyNew: before - 1, lost: [lost.id] })
})
