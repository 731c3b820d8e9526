import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import { BACK_URL, CARDS, cardFields, FRONT_URL, readLine } from '../testing/unionpay-merchant.ts'

// A third party: the command line of OpenSSL takes the key out of the key store, signs and verifies. None of our code does.

let sandbox: TestSandbox
const folder = mkdtempSync(join(tmpdir(), 'comptoir-openssl-'))
let merchant: { certId: string; merId: string; files: Record<string, string> }
const path = (name: string) => join(folder, name)

beforeAll(() => {
  sandbox = openTestSandbox()
  merchant = JSON.parse(readFileSync(join(sandbox.folder, 'unionpay/merchant.json'), 'utf8'))
})
afterAll(() => {
  sandbox.close()
  removeTestFolders()
  rmSync(folder, { recursive: true })
})

const openssl = (...args: string[]): string => execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' })

/** The text by the shell's own sort: names in the order of bytes. */
function digestOf(fields: Record<string, string>): string {
  const pairs = Object.entries(fields).filter(([name, value]) => name !== 'signature' && value !== '')
  const names = execFileSync('sort', [], {
    input: pairs.map(([name]) => name).join('\n'),
    env: { ...process.env, LC_ALL: 'C' },
  })
  const text = names
    .toString()
    .trim()
    .split('\n')
    .map((name) => `${name}=${fields[name]}`)
  writeFileSync(path('text'), text.join('&'))
  const digest = openssl('dgst', '-sha256', '-r', path('text')).slice(0, 64)
  writeFileSync(path('digest'), digest)
  return path('digest')
}

function sign(fields: Record<string, string>): Record<string, string> {
  openssl(
    'pkcs12',
    '-legacy',
    '-in',
    merchant.files['keyStore'] ?? '',
    '-passin',
    'pass:000000',
    '-nodes',
    '-nocerts',
    '-out',
    path('key'),
  )
  openssl('dgst', '-sha256', '-sign', path('key'), '-out', path('signature'), digestOf(fields))
  return { ...fields, signature: readFileSync(path('signature')).toString('base64') }
}

function verify(fields: Record<string, string>): string {
  writeFileSync(path('leaf'), fields['signPubKeyCert'] ?? '')
  const { rootCertificate = '', intermediateCertificate = '' } = merchant.files
  const at = String(Math.floor(sandbox.clock.now() / 1000))
  openssl('verify', '-attime', at, '-CAfile', rootCertificate, '-untrusted', intermediateCertificate, path('leaf'))
  writeFileSync(path('public'), openssl('x509', '-in', path('leaf'), '-pubkey', '-noout'))
  writeFileSync(path('signature'), Buffer.from(fields['signature'] ?? '', 'base64'))
  return openssl('dgst', '-sha256', '-verify', path('public'), '-signature', path('signature'), digestOf(fields)).trim()
}

const common = () => ({
  version: '5.1.0',
  encoding: 'UTF-8',
  certId: BigInt(
    `0x${openssl('x509', '-in', merchant.files['merchantCertificate'] ?? '', '-serial', '-noout')
      .trim()
      .replace('serial=', '')}`,
  ).toString(),
  signMethod: '01',
  accessType: '0',
  merId: merchant.merId,
  txnTime: '20261120120000',
  orderId: 'OPENSSL0001',
})
const post = async (address: string, fields: Record<string, string>) =>
  sandbox.request('POST', address, new URLSearchParams(fields).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  })
const question = () => ({ ...common(), txnType: '00', txnSubType: '00', bizType: '000000' })
const ask = async () => readLine((await post('/gateway/api/queryTrans.do', sign(question()))).body)

describe('OpenSSL signs, the gateway verifies', () => {
  test('a payment form, Chinese words and braces in it', async () => {
    const fields = {
      ...common(),
      txnType: '01',
      txnSubType: '01',
      bizType: '000201',
      channelType: '07',
      txnAmt: '8800',
      currencyCode: '156',
      frontUrl: FRONT_URL,
      backUrl: BACK_URL,
      riskRateInfo: '{commodityName=青瓷茶壶&shippingFlag=1}',
    }
    const { status, headers } = await post('/gateway/api/frontTransReq.do', sign(fields))
    expect(status).toBe(303)
    await sandbox.request('POST', `${headers['location']}/pay`, cardFields(CARDS.pays))
    expect(await ask()).toMatchObject({ respCode: '00', origRespCode: '00', txnAmt: '8800' })
  })

  test('and it notices one other character', async () => {
    const altered = { ...sign(question()), orderId: 'OPENSSL0002' }
    expect(readLine((await post('/gateway/api/queryTrans.do', altered)).body)['respCode']).toBe('11')
  })
})

describe('the gateway signs, OpenSSL verifies', () => {
  test('answers and notifications, up to the root', async () => {
    expect(verify(await ask())).toBe('Verified OK')
    await sandbox.pass(0)
    const told = Object.fromEntries(new URLSearchParams(sandbox.sent[0]?.body))
    expect(verify(told)).toBe('Verified OK')
    expect(() => verify({ ...told, txnAmt: '8801' })).toThrow('bad signature')
  })

  test('and it tells false certificates from the true one', async () => {
    for (const kind of ['foreign_certificate', 'expired_certificate', 'future_certificate']) {
      sandbox.faults.add({ gateway: 'unionpay', point: 'api', kind })
      const told = await ask()
      expect(() => verify(told), kind).toThrow(/self-signed|expired|not yet valid/)
    }
  })
})
