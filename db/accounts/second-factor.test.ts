import { expect, test } from 'vitest'
import { hashPaperCode } from '#lib/auth/password.ts'
import { db } from '../client.ts'
import { ensureAccount } from './find-account.ts'
import { staff } from './schema.ts'
import { confirmTotp, findTotp, offerTotp, spendRecoveryCode, spendTotpStep } from './second-factor.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
let made = 0
async function newStaff() {
  const { id } = await ensureAccount(`staff-${++made}@example.com`, 'en')
  await db.insert(staff).values({ accountId: id, roles: ['orders'] })
  return id
}

test('a step is spent once, however many try at once, and none before it afterwards', async () => {
  const id = await newStaff()
  const tries = await Promise.all(Array.from({ length: 10 }, () => spendTotpStep(id, 100)))
  expect(tries.filter(Boolean)).toHaveLength(1)
  expect(await spendTotpStep(id, 99)).toBe(false)
  expect(await spendTotpStep(id, 101)).toBe(true)
})

test('of two offers at once the first is kept, and shown until a code confirms it', async () => {
  const id = await newStaff()
  const offers = await Promise.all(['one', 'two', 'three'].map((sealed) => offerTotp(id, sealed)))
  expect(new Set(offers).size).toBe(1)
  expect(await findTotp(id)).toEqual({ sealed: offers[0], confirmedAt: null })
})

test('a code from paper is good once, for its owner alone; new ones replace the old', async () => {
  const [id, other] = [await newStaff(), await newStaff()]
  const kept = (code: string, whose = id) => hashPaperCode(code, whose)
  await confirmTotp(id, [await kept('AAAAA-BBBBB'), await kept('CCCCC-DDDDD')], NOW)
  expect(await kept('AAAAA-BBBBB', other)).not.toEqual(await kept('AAAAA-BBBBB'))
  expect(await spendRecoveryCode(other, await kept('AAAAA-BBBBB', other), NOW)).toBe(false)
  const first = await kept('AAAAA-BBBBB')
  const tries = await Promise.all(Array.from({ length: 10 }, () => spendRecoveryCode(id, first, NOW)))
  expect(tries.filter(Boolean)).toHaveLength(1)
  await confirmTotp(id, [await kept('EEEEE-FFFFF')], NOW)
  expect(await spendRecoveryCode(id, await kept('CCCCC-DDDDD'), NOW)).toBe(false)
  expect(await spendRecoveryCode(id, await kept('EEEEE-FFFFF'), NOW)).toBe(true)
})
