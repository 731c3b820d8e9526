import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { signRequest } from './gateway.ts'
import { verifyNotification } from './notification.ts'
import { clientFor, encodeForm, merchant, NOW, paidNotice, unionpay, type Values } from './testing/unionpay-double.ts'

// A second opinion that shares no code with us: the protocol in three commands of openssl.

const folder = mkdtempDisposableSync(join(tmpdir(), 'openssl-'))
afterAll(() => folder.remove())
const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder.path, name)
  writeFileSync(path, content)
  return path
}
const openssl = (args: readonly string[], input: string | Uint8Array) =>
  execFileSync('openssl', [...args], { input, stdio: ['pipe', 'pipe', 'ignore'] })

/** The text in bytewise order, put together by the shell's own tools rather than by ours. */
const textOf = (values: Values): Buffer => {
  const pairs = Object.entries(values)
    .filter(([name, value]) => name !== 'signature' && value !== '')
    .map(([name, value]) => `${name}=${value}\0`)
  const sorted = execFileSync('sort', ['-z'], { input: pairs.join(''), env: { ...process.env, LC_ALL: 'C' } })
  return Buffer.from(sorted.toString().slice(0, -1).replaceAll('\0', '&'))
}
const hexDigest = (text: Uint8Array) => openssl(['dgst', '-sha256', '-r'], text).toString().slice(0, 64)

const keys = {
  unionpay: file('unionpay.key', unionpay.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  merchant: file('merchant.pub', new X509Certificate(merchant.pem).publicKey.export({ type: 'spki', format: 'pem' })),
}
const signatureOf = (values: Values) =>
  openssl(['dgst', '-sha256', '-sign', keys.unionpay], hexDigest(textOf(values))).toString('base64')

const anyText = fc.string({ unit: fc.constantFrom(...'aZ09 +/=%.-_~瓷壶€'), maxLength: 24 })

test('what we sign, openssl confirms', () => {
  fc.assert(
    fc.property(anyText, anyText, (subject, reserved) => {
      const request = {
        txnType: '01',
        txnSubType: '01',
        bizType: '000201',
        riskRateInfo: subject,
        reqReserved: reserved,
      }
      const { signature = '', ...values } = Object.fromEntries(signRequest(clientFor(), request))
      const args = [
        'dgst',
        '-sha256',
        '-verify',
        keys.merchant,
        '-signature',
        file('sig', Buffer.from(signature, 'base64')),
      ]
      expect(openssl(args, hexDigest(textOf(values))).toString()).toContain('Verified OK')
    }),
    { numRuns: 25 },
  )
})

test('what openssl signs, we confirm, and not when a letter is another', () => {
  fc.assert(
    fc.property(anyText, (reserved) => {
      const values = { ...paidNotice({ reqReserved: reserved }), signPubKeyCert: unionpay.pem.replaceAll('\n', '\r\n') }
      const signature = signatureOf(values)
      const verdict = (changed: Values) => {
        const body = encodeForm({ ...changed, signature })
        return verifyNotification(clientFor(), { headers: new Headers(), body }, NOW).ok
      }
      expect(verdict(values)).toBe(true)
      expect(verdict({ ...values, reqReserved: `${reserved}x` })).toBe(false)
    }),
    { numRuns: 25 },
  )
})
