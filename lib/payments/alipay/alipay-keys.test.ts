import { type KeyObject, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { startGateway } from '../testing/gateway-double.ts'
import { makeCertificate, type TestIdentity } from '../testing/make-certificate.ts'
import { certificateKeys } from './alipay-keys.ts'
import { certificateSn, rootCertificateSn } from './certificates.ts'
import { downloadCertificate } from './download-certificate.ts'
import { verifyNotification } from './notification.ts'
import { clientFor, encodeForm, md5, NOW, paidNotice, signAnswer, signForm } from './testing/alipay-double.ts'
import { queryTrade } from './trade-calls.ts'

const ALIPAY = '支付宝(中国)网络技术有限公司-2088000000000001'
const root = makeCertificate({ name: 'Root R1', isAuthority: true })
const authority = makeCertificate({ name: 'Class 2 R1', issuer: root, isAuthority: true })
const current = makeCertificate({ name: ALIPAY, issuer: authority })

const x509 = ({ pem }: TestIdentity) => new X509Certificate(pem)
const pinned = { alipay: [x509(current), x509(authority)], roots: [x509(root)] } as const
const snOf = (identity: TestIdentity) => certificateSn(x509(identity))
const exported = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' })

async function keyFrom(successor: TestIdentity, pem = successor.pem + authority.pem, now = NOW) {
  return certificateKeys(pinned, async () => pem).keyFor(snOf(successor), now)
}

describe('which certificates are believed', () => {
  test('one number of a certificate is what the others say it is', () => {
    const certificate = makeCertificate({ name: 'x', issuer: authority, serial: Buffer.from('00ff', 'hex') })
    expect(snOf(certificate)).toBe(md5('CN=Class 2 R1255'))
    expect(rootCertificateSn([x509(root), x509(root)])).toBe(`${snOf(root)}_${snOf(root)}`)
  })

  test('the pinned one, named or not, without any download', async () => {
    const keys = certificateKeys(pinned, () => Promise.reject(new Error('no need to ask')))
    for (const certSn of [null, snOf(current)]) {
      const key = await keys.keyFor(certSn, NOW)
      expect(key.ok && exported(key.value)).toBe(exported(x509(current).publicKey))
    }
  })

  test('a successor under the same roots and the same name', async () => {
    const successor = makeCertificate({ name: ALIPAY, issuer: authority })
    const key = await keyFrom(successor)
    expect(key.ok && exported(key.value)).toBe(exported(x509(successor).publicKey))
  })

  test('a successor under a new intermediate that comes along', async () => {
    const newer = makeCertificate({ name: 'Class 2 R2', issuer: root, isAuthority: true })
    const successor = makeCertificate({ name: ALIPAY, issuer: newer })
    expect(await keyFrom(successor, successor.pem + newer.pem)).toMatchObject({ ok: true })
    expect(await keyFrom(successor, successor.pem)).toMatchObject({ ok: false })
  })

  const impostor = makeCertificate({ name: 'Root R1', isAuthority: true })
  const merchant = makeCertificate({ name: '2088000000000009-2026000000000009', issuer: authority })
  const refused: [why: string, identity: TestIdentity, extra: string, now?: Date][] = [
    ['self-signed', makeCertificate({ name: ALIPAY }), ''],
    ['a root of the same name with another key', makeCertificate({ name: ALIPAY, issuer: impostor }), impostor.pem],
    ['a merchant’s certificate under the right authority', merchant, authority.pem],
    [
      'issued by a merchant, who is no authority',
      makeCertificate({ name: ALIPAY, issuer: merchant }),
      merchant.pem + authority.pem,
    ],
    ['expired', makeCertificate({ name: ALIPAY, issuer: authority, to: '2026-11-20' }), authority.pem],
    ['not yet valid', makeCertificate({ name: ALIPAY, issuer: authority, from: '2026-11-23' }), authority.pem],
  ]
  test.each(refused)('not: %s', async (_, identity, extra) => {
    expect(await keyFrom(identity, identity.pem + extra)).toMatchObject({
      ok: false,
      error: { code: 'key_unavailable' },
    })
  })

  test('the dates are those of the given clock, also for the authority', async () => {
    const brief = makeCertificate({ name: ALIPAY, issuer: authority, from: '2027-01-01', to: '2027-12-31' })
    expect(await keyFrom(brief, brief.pem, NOW)).toMatchObject({ ok: false })
    expect(await keyFrom(brief, brief.pem, new Date('2027-06-01'))).toMatchObject({ ok: true })
    const lapsed = makeCertificate({ name: 'Class 2 R0', issuer: root, isAuthority: true, to: '2026-01-01' })
    const successor = makeCertificate({ name: ALIPAY, issuer: lapsed })
    expect(await keyFrom(successor, successor.pem + lapsed.pem)).toMatchObject({ ok: false })
  })

  test('another certificate than asked for', async () => {
    const [asked, given] = [1, 2].map(() => makeCertificate({ name: ALIPAY, issuer: authority }))
    if (!asked || !given) throw new Error('two were made')
    expect(await keyFrom(asked, given.pem)).toMatchObject({ ok: false })
  })

  test('rubbish and nothing', async () => {
    for (const pem of ['', 'x', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----']) {
      expect(await keyFrom(current, pem)).toMatchObject({ ok: true })
      expect(await certificateKeys(pinned, async () => pem).keyFor('0'.repeat(32), NOW)).toMatchObject({ ok: false })
    }
  })
})

describe('how often Alipay is asked', () => {
  test('once for many messages at the same time, and never again', async () => {
    const successor = makeCertificate({ name: ALIPAY, issuer: authority })
    let downloads = 0
    const keys = certificateKeys(pinned, async () => {
      downloads++
      return successor.pem
    })
    await Promise.all(Array.from({ length: 20 }, () => keys.keyFor(snOf(successor), NOW)))
    await keys.keyFor(snOf(successor), NOW)
    expect(downloads).toBe(1)
  })

  test('at most six times a minute, however many numbers strangers invent', async () => {
    let downloads = 0
    const keys = certificateKeys(pinned, async () => {
      downloads++
      return null
    })
    for (let turn = 0; turn < 100; turn++) await keys.keyFor(md5(`${turn}`), NOW)
    expect(downloads).toBe(6)
    await keys.keyFor(md5('later'), new Date(NOW.getTime() + 60_001))
    expect(downloads).toBe(7)
  })

  test('not at all for what is no number of a certificate', async () => {
    const keys = certificateKeys(pinned, () => Promise.reject(new Error('asked')))
    for (const certSn of ['', '../x', 'G'.repeat(32), 'a'.repeat(33)]) {
      expect(await keys.keyFor(certSn, NOW)).toMatchObject({ ok: false })
    }
  })
})

describe('over HTTP', () => {
  const successor = makeCertificate({ name: ALIPAY, issuer: authority })
  const trade = JSON.stringify({
    code: '10000',
    msg: 'Success',
    trade_no: '1',
    out_trade_no: 'A20261121K7M2Q9ZT',
    trade_status: 'WAIT_BUYER_PAY',
    total_amount: '1.00',
  })

  test('an answer under a new certificate is verified after fetching it', async () => {
    await using gateway = await startGateway(({ all }) => {
      const key = successor.privateKey
      const certSn = snOf(successor)
      if (all.get('method') === 'alipay.trade.query') {
        return { body: signAnswer('alipay_trade_query_response', trade, { key, certSn }) }
      }
      const content = JSON.stringify({
        code: '10000',
        msg: 'Success',
        alipay_cert_content: Buffer.from(successor.pem + authority.pem).toString('base64'),
      })
      return { body: signAnswer('alipay_open_app_alipaycert_download_response', content, { key, certSn }) }
    })
    const { access } = clientFor({
      gatewayUrl: gateway.url,
      certificateSns: { app: 'a'.repeat(32), root: 'b'.repeat(32) },
    })
    const keys = certificateKeys(pinned, (certSn) => downloadCertificate(access, certSn))
    const client = clientFor(access, { keys })
    expect(await queryTrade(client, { outTradeNo: 'A20261121K7M2Q9ZT', startedAt: NOW })).toEqual({
      ok: true,
      value: { state: 'unpaid' },
    })
    expect(
      gateway.received.map(({ all }) => [all.get('method'), all.get('app_cert_sn'), all.get('alipay_root_cert_sn')]),
    ).toEqual([
      ['alipay.trade.query', 'a'.repeat(32), 'b'.repeat(32)],
      ['alipay.open.app.alipaycert.download', 'a'.repeat(32), 'b'.repeat(32)],
    ])

    expect(gateway.received[1]?.all.get('biz_content')).toBe(JSON.stringify({ alipay_cert_sn: snOf(successor) }))

    const body = signForm(paidNotice({ alipay_cert_sn: snOf(successor) }), { key: successor.privateKey })
    const message = { headers: new Headers(), body }
    expect(await verifyNotification(client, message, NOW)).toMatchObject({ ok: true })
    const forged = signForm(paidNotice({ alipay_cert_sn: snOf(successor) }), { key: current.privateKey })
    expect(await verifyNotification(client, { ...message, body: forged }, NOW)).toMatchObject({
      error: { code: 'bad_signature' },
    })
    const unknown = encodeForm({ ...paidNotice({ alipay_cert_sn: md5('x') }), sign: 'AAAA' })
    expect(await verifyNotification(client, { ...message, body: unknown }, NOW)).toMatchObject({
      error: { code: 'key_unavailable' },
    })
  })
})
