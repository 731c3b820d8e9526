import { beforeAll, beforeEach, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { findOrder } from '#db/orders/find-order.ts'
import { startAttempt } from '#db/payments/start-attempt.ts'
import { placeSample, setStock } from '#db/testing/sample-order.ts'
import { type CrashPoint, rehearseCrashes } from '../crash-point.ts'
import { createWechatPay } from '../payments/wechatpay/provider.ts'
import { practiceSettings } from '../payments/wechatpay/testing/practice-settings.ts'
import { noticeBody, signedHeaders, transaction } from '../payments/wechatpay/testing/wechat-double.ts'
import { receiveNotification } from './receive-notification.ts'

const TEAPOT = 'CPT-RT90-CEL'
const NOW = new Date('2026-11-21T09:30:00Z')
const provider = createWechatPay(practiceSettings())

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  rehearseCrashes(null)
  await sql`truncate orders, payment_messages cascade`
  await setStock(TEAPOT, 20)
})

/** An order that is being paid by a code, and the genuine message that brings its money. */
async function awaitedPayment() {
  const { orderId, secret } = await placeSample({ [TEAPOT]: 1 }, NOW)
  const expiresAt = new Date(NOW.getTime() + 1_800_000)
  const started = await startAttempt({ orderId, provider: 'wechatpay', scene: 'qr', expiresAt }, NOW)
  if (!started.ok) throw new Error(started.error.code)
  const { outTradeNo, amount } = started.value
  const body = noticeBody(transaction({ out_trade_no: outTradeNo, amount: { total: Number(amount), currency: 'CNY' } }))
  const state = async () => (await findOrder(secret))?.state
  return { body, state }
}

const message = (body: Buffer, nonce?: string) => ({
  headers: new Headers(signedHeaders(body, nonce === undefined ? {} : { nonce })),
  body,
})
const verdicts = async () =>
  (await sql<{ said: string }[]>`select coalesce(reason, verdict) as said from payment_messages order by id`).map(
    ({ said }) => said,
  )

test('twenty times the same message at once: accepted once, one effect, the rest are replays', async () => {
  const { body, state } = await awaitedPayment()
  const same = message(body)
  const answers = await Promise.all(Array.from({ length: 20 }, () => receiveNotification(provider, same, NOW)))
  expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(19).fill(400)])
  expect(await state()).toBe('confirmed')
  expect(await sql`select from payment_events`).toHaveLength(1)
  expect((await verdicts()).filter((said) => said === 'accepted')).toHaveLength(1)
  expect((await verdicts()).filter((said) => said.startsWith('replayed'))).toHaveLength(19)
})

test('sent again by WeChat Pay, with a nonce of its own, it is accepted and has no second effect', async () => {
  const { body, state } = await awaitedPayment()
  expect(await receiveNotification(provider, message(body), NOW)).toMatchObject({ status: 204, body: '' })
  expect(await receiveNotification(provider, message(body), NOW)).toMatchObject({ status: 204, body: '' })
  expect(await state()).toBe('confirmed')
  expect(await sql`select from payment_events`).toHaveLength(1)
})

test('what could not be handled may come again as it was', async () => {
  const { body, state } = await awaitedPayment()
  const same = message(body)
  await dieAt('message_verified', same)
  expect(await verdicts()).toEqual([])
  expect((await receiveNotification(provider, same, NOW)).status).toBe(204)
  expect(await state()).toBe('confirmed')
  expect(await sql`select from payment_events`).toHaveLength(1)
})

test('a crash between effect and answer: the nonce is spent with the effect, and WeChat Pay’s next try is taken', async () => {
  const { body, state } = await awaitedPayment()
  const same = message(body)
  await dieAt('notification_applied', same)
  expect(await verdicts()).toEqual(['accepted'])
  expect(await state()).toBe('confirmed')
  expect((await receiveNotification(provider, same, NOW)).status).toBe(400)
  expect((await receiveNotification(provider, message(body), NOW)).status).toBe(204)
  expect(await sql`select from payment_events`).toHaveLength(1)
})

async function dieAt(point: CrashPoint, dying: ReturnType<typeof message>) {
  rehearseCrashes((reached) => {
    if (reached === point) throw new Error('the process dies')
  })
  await expect(receiveNotification(provider, dying, NOW)).rejects.toThrow('the process dies')
  rehearseCrashes(null)
}

test('a number that is not committed yet spends no nonce', async () => {
  const body = noticeBody(transaction({ out_trade_no: '261121UNKNOWNNUMBER01' }))
  const same = message(body)
  expect((await receiveNotification(provider, same, NOW)).status).toBe(503)
  expect((await receiveNotification(provider, same, NOW)).status).toBe(503)
  expect(await verdicts()).toEqual(['accepted', 'accepted'])
})

test('a nonce of somebody else’s message is refused only where it was accepted', async () => {
  const { body, state } = await awaitedPayment()
  const forged = { ...message(body, 'the-same-nonce'), body: Buffer.from(`${body} `) }
  expect((await receiveNotification(provider, forged, NOW)).status).toBe(400)
  expect((await receiveNotification(provider, message(body, 'the-same-nonce'), NOW)).status).toBe(204)
  expect(await state()).toBe('confirmed')
})
