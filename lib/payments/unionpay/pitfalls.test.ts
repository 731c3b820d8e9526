import { createHash, sign, X509Certificate } from 'node:crypto'
import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { toFen } from '../../domain/money.ts'
import type { BillLine } from '../bills.ts'
import type { CreateRequest, RefundRequest } from '../port.ts'
import { createRegistry } from '../registry.ts'
import { type Received, startGateway } from '../testing/gateway-double.ts'
import { makeCertificate } from '../testing/make-certificate.ts'
import { createTrade } from './create-trade.ts'
import { signRequest } from './gateway.ts'
import { certIdOf, openPfx, pairPem } from './merchant-key.ts'
import { createUnionpay } from './provider.ts'
import { readBill } from './read-bill.ts'
import { queryRefund, refundTrade } from './refund-calls.ts'
import { digestSignatureHolds, signDigest } from './signing.ts'
import { billLine, billText, billZip } from './testing/bill-double.ts'
import {
  clientFor,
  encodeForm,
  intermediate,
  MER_ID,
  merchant,
  NOW,
  ORDER_ID,
  paidNotice,
  QUERY_ID,
  root,
  signAnswer,
  signForm,
  signValues,
  UNIONPAY_NAME,
  unionpay,
  type Values,
} from './testing/unionpay-double.ts'
import { settlementDay } from './times.ts'
import { queryTrade } from './trade-calls.ts'

// The twenty-five ways in which public libraries have gone wrong with UnionPay. Number 12 is in
// lib/checkout/pay-with-unionpay.db.test.ts, 17 and 24 are in server-tests/notify-unionpay.test.ts with 3 once more
// through HTTP, and 18 and 21 are in e2e/pay-with-unionpay.spec.ts.

const client = clientFor()
const provider = createUnionpay({ client, certificates: [] })
const attempt = { outTradeNo: ORDER_ID, startedAt: NOW }
const payment: CreateRequest = {
  ...attempt,
  scene: { kind: 'form', device: 'computer' },
  amount: toFen(26800n),
  subject: '青瓷茶壶',
  payBefore: new Date('2026-11-21T16:10:00Z'),
  returnUrl: 'https://shop.example/api/return/unionpay',
}
const refund: RefundRequest = {
  ...attempt,
  refundNo: `${ORDER_ID}R1`,
  requestedAt: NOW,
  providerTradeNo: QUERY_ID,
  amount: toFen(6800n),
  paidAmount: toFen(26800n),
  paidAt: NOW,
  reason: 'x',
}
const notify = async (body: Uint8Array) => {
  const verified = await provider.verifyNotification({ headers: new Headers(), body }, NOW)
  return verified.ok ? verified.value : verified.error
}
/** What `call` makes of a gateway that answers with these values, and all that it was asked. */
async function against<T>(
  script: (body: ReadonlyMap<string, string>) => Values,
  call: (asker: ReturnType<typeof clientFor>) => Promise<T>,
) {
  await using gateway = await startGateway(({ body }: Received) => ({
    body: signAnswer(new Map(body), script(new Map(body))),
  }))
  const result = await call(clientFor({ gatewayUrl: gateway.origin }))
  return { result, asked: gateway.received.map(({ body }) => Object.fromEntries(body)) }
}
const found = { respCode: '00', queryId: QUERY_ID, txnAmt: '26800', traceTime: '1121173005' }

test('1: it is the hex digest that is signed, not the text', () => {
  const text = 'orderId=1&txnAmt=1'
  const overText = sign('sha256', Buffer.from(text), unionpay.privateKey).toString('base64')
  const { publicKey } = new X509Certificate(unionpay.pem)
  expect(signDigest(text, unionpay.privateKey)).not.toBe(overText)
  expect(digestSignatureHolds(text, overText, publicKey)).toBe(false)
  expect(digestSignatureHolds(text, signDigest(text, unionpay.privateKey), publicKey)).toBe(true)
})

test('2: the digest is in lower case', () => {
  const digest = createHash('sha256').update('a=1').digest('hex')
  const sealed = (hex: string) => sign('sha256', Buffer.from(hex), unionpay.privateKey).toString('base64')
  const { publicKey } = new X509Certificate(unionpay.pem)
  expect([digest, digest.toUpperCase()].map((hex) => digestSignatureHolds('a=1', sealed(hex), publicKey))).toEqual([
    true,
    false,
  ])
})

test('3: a + in signature and certificate stays a +, and a blank in its place is refused', async () => {
  const values = signValues(paidNotice())
  expect(values['signPubKeyCert']).toContain('+')
  expect(await notify(encodeForm(values))).toMatchObject({ kind: 'paid' })
  const blanks = { ...values, signature: values['signature']?.replaceAll('+', ' ').padStart(345) ?? '' }
  expect(await notify(encodeForm(blanks))).toMatchObject({ code: 'bad_signature' })
})

test('4: the line ends of the certificate are signed as they are', async () => {
  const values = signValues(paidNotice(), { lineEnd: '\r\n' })
  expect(await notify(encodeForm(values))).toMatchObject({ kind: 'paid' })
  const normalised = { ...values, signPubKeyCert: values['signPubKeyCert']?.replaceAll('\r\n', '\n') ?? '' }
  expect(await notify(encodeForm(normalised))).toMatchObject({ code: 'bad_signature' })
})

test('5: the certificate of a message is not trusted for its name alone, nor for its authority alone', async () => {
  expect(await notify(signForm(paidNotice(), { by: makeCertificate({ name: UNIONPAY_NAME }) }))).toMatchObject({
    code: 'bad_signature',
  })
  expect(await notify(signForm(paidNotice(), { by: merchant }))).toMatchObject({ code: 'bad_signature' })
})

const OwnFile = z.object({
  kind: z.literal('cert-id'),
  pfxBase64: z.string(),
  password: z.string(),
  expected: z.object({ certId: z.string() }),
})
const published = z
  .object({ vectors: z.array(z.unknown()) })
  .transform(({ vectors }) => OwnFile.parse(vectors.at(-1)))
  .parse(JSON.parse(readFileSync('lib/payments/unionpay/vectors/unionpay.json', 'utf8')))
const pfx = Buffer.from(published.pfxBase64, 'base64')

test('6: certId is the decimal serial number of our own certificate, of the three in the file', () => {
  const opened = openPfx(pfx, published.password)
  expect(opened.ok && certIdOf(opened.value.certificate)).toBe(published.expected.certId)
  expect(
    Object.fromEntries(signRequest(client, { txnType: '00', txnSubType: '00', bizType: '000000' }))['certId'],
  ).toBe(BigInt(`0x${new X509Certificate(merchant.pem).serialNumber}`).toString())
})

test('7: a file with ciphers of long ago opens; one that does not names the command, and PEM works', () => {
  expect(openPfx(pfx, published.password).ok).toBe(true)
  expect(openPfx(pfx, 'wrong')).toMatchObject({
    error: { reason: expect.stringContaining('openssl pkcs12 -legacy -nodes') },
  })
  expect(pairPem(merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), merchant.pem).ok).toBe(true)
})

test('8: a query that was answered is no payment that was made', async () => {
  const unknown = await against(
    () => ({ ...found, origRespCode: '04' }),
    (asker) => queryTrade(asker, attempt),
  )
  expect(unknown.result).toMatchObject({ ok: false, error: { code: 'unknown' } })
})

test('9: a refund that was accepted has not arrived', async () => {
  expect(
    (
      await against(
        () => ({ respCode: '00' }),
        (asker) => refundTrade(asker, refund),
      )
    ).result,
  ).toEqual({ ok: true, value: { state: 'pending' } })
  const open = await against(
    () => ({ ...found, origRespCode: '05' }),
    (asker) => queryRefund(asker, refund),
  )
  expect(open.result).toEqual({ ok: true, value: { state: 'pending' } })
})

test('10: an order that is not known yet has not failed, and is never closed by us', async () => {
  expect(
    (
      await against(
        () => ({ respCode: '34' }),
        (asker) => queryTrade(asker, attempt),
      )
    ).result,
  ).toEqual({ ok: true, value: { state: 'not_found' } })
  expect(await provider.close(attempt)).toEqual({ ok: true, value: 'not_supported' })
})

test.each(['A2026-112101', 'A2026_112101', 'A202611', 'A'.repeat(33), ''])(
  '11: the number “%s” is not sent',
  async (number) => {
    expect(createTrade(client, { ...payment, outTradeNo: number })).toMatchObject({
      error: { code: 'invalid_request' },
    })
    expect(await refundTrade(client, { ...refund, refundNo: number })).toMatchObject({
      error: { code: 'invalid_request' },
    })
  },
)

describe('13: times are those of China', () => {
  const zone = process.env['TZ']
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })
  test.each(['UTC', 'America/New_York', 'Asia/Shanghai', 'Pacific/Kiritimati'])('on a machine in %s', async (name) => {
    process.env['TZ'] = name
    const made = createTrade(client, payment)
    const fields = made.ok && made.value.kind === 'form' ? Object.fromEntries(made.value.fields) : {}
    expect(fields).toMatchObject({ txnTime: '20261121173000', payTimeout: '20261122001000' })
    expect(await notify(signForm(paidNotice()))).toMatchObject({
      startedAt: NOW,
      payment: { paidAt: new Date('2026-11-21T09:30:05Z') },
    })
  })
})

test('14: a refund with an unknown outcome is sent again with the same number and time, and a repeat is asked about', async () => {
  const known = new Set<string>()
  const { result, asked } = await against(
    (body) => {
      const order = `${body.get('orderId')} ${body.get('txnTime')}`
      if (body.get('txnType') === '00') return { ...found, origRespCode: '00' }
      if (known.has(order)) return { respCode: '12' }
      known.add(order)
      return { respCode: '03' }
    },
    async (asker) => [await refundTrade(asker, refund), await refundTrade(asker, refund)],
  )
  expect(known.size).toBe(1)
  expect(result).toMatchObject([{ error: { code: 'unknown' } }, { ok: true, value: { state: 'done' } }])
  expect(asked.map(({ txnType }) => txnType)).toEqual(['04', '04', '00'])
})

test('15: after 23:00 a whole payment is refunded, not cancelled', async () => {
  const at = (time: string) => new Date(`2026-11-21T${time}+08:00`)
  const type = async (paidAt: Date, requestedAt: Date) => {
    const whole = { ...refund, amount: refund.paidAmount, paidAt, requestedAt }
    return (
      await against(
        () => ({ respCode: '00' }),
        (asker) => refundTrade(asker, whole),
      )
    ).asked[0]?.['txnType']
  }
  expect(await type(at('22:58:00'), at('22:59:59'))).toBe('31')
  expect(await type(at('22:58:00'), at('23:00:00'))).toBe('04')
  expect(await type(at('23:00:00'), at('23:59:00'))).toBe('31')
})

test.each(['268.00', '026800', '+26800', '-1', '1e3', ' 1', '２６８'])(
  '16: the amount “%s” is refused',
  async (txnAmt) => {
    expect(await notify(signForm(paidNotice({ txnAmt })))).toMatchObject({ code: 'malformed' })
    const sent = createTrade(client, payment)
    expect(sent.ok && sent.value.kind === 'form' && Object.fromEntries(sent.value.fields)['txnAmt']).toBe('26800')
  },
)

const folder = mkdtempDisposableSync(join(tmpdir(), 'pitfalls-'))
afterAll(() => folder.remove())
async function linesOf(lines: Uint8Array[], day = '2026-11-21', date = '261121'): Promise<BillLine[]> {
  const path = join(folder.path, 'bill.zip')
  writeFileSync(path, billZip(billText(lines), { date }))
  const read: BillLine[] = []
  await readBill(
    MER_ID,
    { day, path },
    async (some) => void read.push(...some.filter((line) => line.ok).map(({ value }) => value)),
  )
  return read
}

test('19: the widths of the file count bytes of GBK', async () => {
  expect(await linesOf([billLine(), billLine({ txnType: '04', origQryId: QUERY_ID })])).toMatchObject([
    { outTradeNo: ORDER_ID, amount: 26800n, fee: 161n },
    { providerTradeNo: QUERY_ID, kind: 'refund' },
  ])
})

test('20: a payment at 23:30 is settled on the next day, and keeps its own time', async () => {
  const paidAt = new Date('2026-11-21T23:30:00+08:00')
  expect(settlementDay(paidAt)).toBe('2026-11-22')
  expect(await linesOf([billLine({ txnTime: '1121233000' })], '2026-11-22', '261122')).toMatchObject([
    { completedAt: paidAt },
  ])
  expect(provider.billDay).toEqual({ startsAt: -1, readyAt: 9 })
})

test('22: empty fields are neither sent nor signed, nor do they spoil a message', async () => {
  const sent = signRequest(client, { txnType: '00', txnSubType: '00', bizType: '000000', reqReserved: '' })
  expect(sent.map(([name]) => name)).not.toContain('reqReserved')
  expect(await notify(encodeForm({ ...signValues(paidNotice()), reqReserved: '' }))).toMatchObject({ kind: 'paid' })
})

test('23: a field that somebody adds on the way breaks the signature', async () => {
  expect(await notify(encodeForm({ ...signValues(paidNotice()), config: 'default' }))).toMatchObject({
    code: 'bad_signature',
  })
})

test('25: the end of our own certificate is told thirty days before', async () => {
  const told = async (days: number) => {
    const clock = () => new Date(Date.parse('2026-12-31T00:00:00Z') - days * 86_400_000)
    const own = makeCertificate({ name: `041@Z1@${MER_ID}:SIGN@1`, to: '2026-12-31' })
    const registry = createRegistry(
      {
        PAYMENTS_MODE: 'sandbox',
        UNIONPAY_MER_ID: MER_ID,
        UNIONPAY_PRIVATE_KEY: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        UNIONPAY_CERTIFICATE: own.pem,
        UNIONPAY_ROOT_CERTIFICATE: root.pem,
        UNIONPAY_INTERMEDIATE_CERTIFICATE: intermediate.pem,
        UNIONPAY_GATEWAY_URL: 'http://127.0.0.1:9',
      },
      { readFile: () => new Uint8Array(), clock },
    )
    const findings = (await registry.get('unionpay')?.diagnose()) ?? []
    return findings.find(({ text }) => text.startsWith('merchant certificate'))
  }
  expect(await told(31)).toEqual({ level: 'ok', text: 'merchant certificate is good for 31 days' })
  expect(await told(29)).toEqual({ level: 'warning', text: 'merchant certificate expires in 29 days' })
  expect(await told(-1)).toEqual({ level: 'error', text: 'merchant certificate expired 1 days ago' })
})
