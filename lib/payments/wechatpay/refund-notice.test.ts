import { expect, test } from 'vitest'
import { verifyNotification } from './notification.ts'
import { clientFor, NOW, noticeBody, refundNotice, signedHeaders } from './testing/wechat-double.ts'

const told = async (fields: Record<string, unknown>) => {
  const body = noticeBody(refundNotice(fields), { event: 'REFUND.SUCCESS' })
  return verifyNotification(clientFor(), { headers: new Headers(signedHeaders(body)), body }, NOW)
}

test.each([
  ['another merchant', { mchid: '1900000999' }, 'other_merchant'],
  ['another application', { appid: 'wxdace645e0bc2c424' }, 'other_application'],
])('a rightly signed notice of a refund that is meant for %s is refused', async (_, fields, code) => {
  expect(await told({})).toMatchObject({ ok: true, value: { kind: 'refunded' } })
  expect(await told(fields)).toMatchObject({ ok: false, error: { code } })
})
