import { createPublicKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin'
import { toFen } from '../../domain/money.ts'
import type { CreateRequest } from '../port.ts'
import { signText } from '../rsa-sha256.ts'
import { createTrade } from './create-trade.ts'
import { openSealed } from './encryption.ts'
import { verifyNotification } from './notification.ts'
import { requestText } from './signing.ts'
import { startWechatGateway } from './testing/gateway-double.ts'
import {
  API_V3_KEY,
  clientFor,
  merchant,
  NOW,
  PUBLIC_KEY_ID,
  transaction,
  wechatPair,
} from './testing/wechat-double.ts'

// A library that others wrote, as a third opinion: it shares nothing with our code and nothing with the doubles.

const merchantPublic = createPublicKey(merchant.privateKey)
const timestamp = String(Math.floor(NOW.getTime() / 1000))
const text = fc.string({ unit: 'binary', maxLength: 60 }).map((any) => any.toWellFormed())
const nonceText = fc.string({ minLength: 1, maxLength: 32 }).filter((any) => /^[\x21-\x7e]+$/.test(any))

describe('what we sign, the library verifies', () => {
  test('requests with any text in them', () => {
    fc.assert(
      fc.property(text, nonceText, (content, nonce) => {
        const body = JSON.stringify({ description: content })
        const target = `/v3/pay/transactions/native?x=${encodeURIComponent(content)}`
        const ours = requestText({ method: 'POST', target, timestamp, nonce, body })
        const theirs = Formatter.request('POST', target, timestamp, nonce, body)
        expect(ours).toBe(theirs)
        expect(Rsa.verify(theirs, signText(ours, merchant.privateKey), merchantPublic)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  test('the call of WeChat’s browser', async () => {
    await using gateway = await startWechatGateway(() => ({ body: '{"prepay_id":"wx21173000000000"}' }))
    const request: CreateRequest = {
      scene: { kind: 'jsapi', openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
      outTradeNo: '261121K7M2Q9ZTACDE01',
      startedAt: NOW,
      amount: toFen(26800n),
      subject: '青瓷茶壶',
      payBefore: new Date('2026-11-21T10:00:00Z'),
      returnUrl: 'https://shop.example/api/return/wechatpay',
    }
    const created = await createTrade(clientFor({ hosts: [gateway.origin] }), request)
    if (!created.ok || created.value.kind !== 'jsapi') throw new Error('no call')
    const { appId = '', timeStamp = '', nonceStr = '', package: packed = '', paySign = '' } = created.value.parameters
    expect(Rsa.verify(Formatter.joinedByLineFeed(appId, timeStamp, nonceStr, packed), paySign, merchantPublic)).toBe(
      true,
    )
    expect(created.value.parameters).toMatchObject({ signType: 'RSA', package: 'prepay_id=wx21173000000000' })
  })
})

describe('what the library signs and seals, we read', () => {
  test('sealed texts', () => {
    fc.assert(
      fc.property(
        text,
        fc.stringMatching(/^[0-9a-zA-Z]{12}$/),
        fc.stringMatching(/^[a-z]{0,16}$/),
        (plain, nonce, data) => {
          const ciphertext = Aes.AesGcm.encrypt(plain, API_V3_KEY, nonce, data)
          expect(openSealed({ ciphertext, nonce, associatedData: data }, API_V3_KEY)).toEqual({
            ok: true,
            value: plain,
          })
        },
      ),
      { numRuns: 100 },
    )
  })

  test('a whole notification', async () => {
    const nonce = 'abcdefABCDEF'
    const ciphertext = Aes.AesGcm.encrypt(JSON.stringify(transaction()), API_V3_KEY, nonce, 'transaction')
    const body = JSON.stringify({
      id: 'EV-2026112100000001',
      create_time: '2026-11-21T17:29:56+08:00',
      resource_type: 'encrypt-resource',
      event_type: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      resource: {
        original_type: 'transaction',
        algorithm: 'AEAD_AES_256_GCM',
        ciphertext,
        associated_data: 'transaction',
        nonce,
      },
    })
    const headers = new Headers({
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Nonce': 'nonce',
      'Wechatpay-Serial': PUBLIC_KEY_ID,
      'Wechatpay-Signature': Rsa.sign(Formatter.response(timestamp, 'nonce', body), wechatPair.privateKey),
    })
    const read = await verifyNotification(clientFor(), { headers, body: Buffer.from(body) }, NOW)
    expect(read).toMatchObject({ ok: true, value: { kind: 'paid', payment: { amount: 26800n } } })
  })
})
