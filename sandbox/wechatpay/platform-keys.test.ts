import { X509Certificate } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import { openWechatMerchant, unsealText, type WechatMerchant } from '../testing/wechat-merchant.ts'
import type { SettingsPatch } from './settings.ts'

let sandbox: TestSandbox
let merchant: WechatMerchant

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openWechatMerchant(sandbox)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const set = async (patch: SettingsPatch) => {
  const answer = await sandbox.request('POST', '/api/wechatpay/settings', JSON.stringify(patch))
  expect(answer.status).toBe(200)
}
const rotate = async (): Promise<string> =>
  JSON.parse((await sandbox.request('POST', '/api/wechatpay/rotate-certificate')).body.toString()).serial

/** The certificates as the merchant gets them: unsealed, each under the serial that was announced. */
async function listed(): Promise<string[]> {
  const { status, said } = await merchant.call('GET', '/v3/certificates')
  if (status !== 200) return []
  const data = said['data'] as { serial_no: string; encrypt_certificate: Record<string, string> }[]
  return data.map(({ serial_no, encrypt_certificate }) => {
    expect(encrypt_certificate['associated_data']).toBe('certificate')
    const pem = unsealText(encrypt_certificate, merchant.apiV3Key)
    expect(new X509Certificate(pem).serialNumber).toBe(serial_no)
    return serial_no
  })
}

/** Which serials sign, over many answers to a merchant that names `asked`. */
async function signers(asked?: string): Promise<string[]> {
  const serials = new Set<string>()
  for (let call = 0; call < 24; call++) {
    const headers = asked ? { 'wechatpay-serial': asked } : {}
    const answer = await merchant.send('GET', '/v3/certificates', undefined, headers)
    expect(merchant.verifies(answer.headers, answer.body.toString())).toBe(true)
    serials.add(answer.headers['Wechatpay-Serial'] ?? '')
  }
  return [...serials].sort()
}

test('a merchant of today has a public key and no certificate', async () => {
  expect(await merchant.call('GET', '/v3/certificates')).toMatchObject({
    status: 404,
    said: { code: 'RESOURCE_NOT_EXISTS', message: expect.stringContaining('无可用的平台证书') },
  })
  expect(await signers()).toEqual([merchant.publicKeyId])
  expect(merchant.publicKeyId).toMatch(/^PUB_KEY_ID_\d{34}$/)
})

test('a merchant of old has a certificate, sealed with its APIv3 key', async () => {
  await set({ platform: 'certificate' })
  const [serial] = await listed()
  expect(serial).toMatch(/^[0-9A-F]{40}$/)
  expect(await signers()).toEqual([serial])
})

test('while it moves from one to the other, each answer is signed with the key that the merchant names', async () => {
  await set({ platform: 'both' })
  const [serial = ''] = await listed()
  expect(await signers(merchant.publicKeyId)).toEqual([merchant.publicKeyId])
  expect(await signers(serial)).toEqual([serial])
  expect(await signers()).toEqual([serial, merchant.publicKeyId])
  await set({ publicKeyShare: 1 })
  expect(await signers()).toEqual([merchant.publicKeyId])
})

test('a new certificate is announced, signs beside the old one, then alone', async () => {
  await set({ platform: 'certificate' })
  const [old = ''] = await listed()
  const fresh = await rotate()
  await set({ rotation: 'announced' })
  expect(await listed()).toEqual([old, fresh])
  expect(await signers()).toEqual([old])
  await set({ rotation: 'both' })
  expect(await listed()).toEqual([old, fresh])
  expect(await signers()).toEqual([old, fresh].sort())
  await set({ rotation: 'done' })
  expect(await listed()).toEqual([fresh])
  expect(await signers()).toEqual([fresh])
})

test('the keys are the same after a restart, the new certificate among them', async () => {
  await set({ platform: 'certificate' })
  const fresh = await rotate()
  await set({ rotation: 'done' })
  sandbox.close()
  sandbox = openTestSandbox({ folder: sandbox.folder, time: sandbox.time, seed: 2 })
  merchant = openWechatMerchant(sandbox)
  expect(await signers()).toEqual([fresh])
})

describe('probes', () => {
  test('come at the rate that is set, on answers and notifications, and never verify', async () => {
    await set({ probeRate: 0.5 })
    let probes = 0
    for (let call = 0; call < 60; call++) {
      const answer = await merchant.send('GET', '/v3/certificates')
      const signature = answer.headers['Wechatpay-Signature'] ?? ''
      if (!signature.startsWith('WECHATPAY/SIGNTEST/')) continue
      probes++
      expect(merchant.verifies(answer.headers, answer.body.toString())).toBe(false)
    }
    expect(probes).toBeGreaterThan(15)
    expect(probes).toBeLessThan(45)
  })

  test('a notification that is one is followed by the right one', async () => {
    sandbox.faults.add({ gateway: 'wechatpay', point: 'notify', kind: 'probe' })
    sandbox.merchantSays = ({ headers }) =>
      headers['Wechatpay-Signature']?.startsWith('WECHATPAY/') ? { status: 401, body: '' } : { status: 204, body: '' }
    await merchant.pay('ORDER001')
    await sandbox.pass(15_000)
    expect(sandbox.sent).toHaveLength(2)
    const [probe, right] = sandbox.sent
    expect(probe && merchant.verifies(probe.headers, probe.body)).toBe(false)
    expect(right && merchant.read(right)).toMatchObject({ trade_state: 'SUCCESS' })
  })
})
