import type { X509Certificate } from 'node:crypto'
import type { Result } from '../../result.ts'
import { readCertificates } from '../certificates.ts'
import { requireText } from '../required-settings.ts'
import type { PaymentsContext, SettingsReader } from '../settings-reader.ts'
import type { UnionpayClient } from './client.ts'
import { certIdOf, type MerchantKey, openPfx, pairPem } from './merchant-key.ts'
import { complainAboutMode } from './mode-rules.ts'
import { createSignerTrust } from './signer-trust.ts'

const SERVERS = {
  production: { gateway: 'https://gateway.95516.com', files: 'https://filedownload.95516.com/' },
  sandbox: { gateway: 'https://gateway.test.95516.com', files: 'https://filedownload.test.95516.com/' },
} as const

const UNIONPAY = '中国银联股份有限公司'
/** The test environment signs under this name as well. */
const SIGNERS = { production: [UNIONPAY], sandbox: [UNIONPAY, '00040000:SIGN'] } as const

/** A shopper is waiting; the gateway answers within a second or two. */
const CALL_BUDGET_MS = 10_000

export type UnionpaySettings = {
  readonly client: UnionpayClient
  /** Those whose end somebody has to watch. */
  readonly certificates: readonly { readonly name: string; readonly certificate: X509Certificate }[]
}

/** Everything that UnionPay needs. Null when nothing is set, or when complaints were noted with the reader. */
export function readUnionpaySettings(reader: SettingsReader, context: PaymentsContext): UnionpaySettings | null {
  if (!reader.hasAny('UNIONPAY_')) return null
  const earlier = reader.complaints.length
  const merId = requireText(reader, 'UNIONPAY_MER_ID', /^[0-9A-Z]{15}$/, 'the number of the merchant, 15 digits')
  const gatewayUrl = readAddress(reader, 'UNIONPAY_GATEWAY_URL', SERVERS[context.mode].gateway).replace(/\/+$/, '')
  const fileUrl = readAddress(reader, 'UNIONPAY_FILE_URL', SERVERS[context.mode].files)
  const own = readMerchantKey(reader)
  const roots = readChain(reader, 'UNIONPAY_ROOT_CERTIFICATE')
  const intermediates = readChain(reader, 'UNIONPAY_INTERMEDIATE_CERTIFICATE')
  const certificates = [
    ...(own ? [{ name: 'merchant certificate', certificate: own.certificate }] : []),
    ...roots.map((certificate) => ({ name: 'root certificate', certificate })),
    ...intermediates.map((certificate) => ({ name: 'intermediate certificate', certificate })),
  ]
  complainAboutMode(reader, context, { merId, gatewayUrl, fileUrl, certificates })
  if (reader.complaints.length > earlier || !merId || !own) return null
  const client = {
    gatewayUrl,
    fileUrl,
    merId,
    privateKey: own.privateKey,
    certId: certIdOf(own.certificate),
    trust: createSignerTrust({ roots, intermediates, signers: SIGNERS[context.mode] }),
    notifyUrl: `${context.publicUrl}/api/notify/unionpay`,
    clock: context.clock,
    budgetMs: CALL_BUDGET_MS,
  }
  return { client, certificates }
}

function readAddress(reader: SettingsReader, name: string, usual: string): string {
  const address = reader.value(name) ?? usual
  if (!URL.canParse(address)) reader.complain(`${name} is not an address.`)
  return address
}

function readMerchantKey(reader: SettingsReader): MerchantKey | null {
  const pfx = reader.binary('UNIONPAY_PFX')
  if (pfx && reader.hasAny('UNIONPAY_PRIVATE_KEY')) {
    reader.complain('UNIONPAY_PFX and UNIONPAY_PRIVATE_KEY are both set; keep one.')
  }
  if (pfx) {
    const password = reader.secret('UNIONPAY_PFX_PASSWORD')?.text.trim() ?? ''
    return accept(reader, pfx.origin, openPfx(pfx.bytes, password))
  }
  const key = reader.secret('UNIONPAY_PRIVATE_KEY')
  const certificate = reader.secret('UNIONPAY_CERTIFICATE')
  if (key && certificate) return accept(reader, key.origin, pairPem(key.text, certificate.text))
  reader.complain('UNIONPAY_PFX_FILE is missing, or UNIONPAY_PRIVATE_KEY and UNIONPAY_CERTIFICATE in its place.')
  return null
}

function accept(
  reader: SettingsReader,
  origin: string,
  key: Result<MerchantKey, { code: string; reason: string }>,
): MerchantKey | null {
  if (!key.ok) reader.complain(`${origin} cannot be used: ${key.error.reason}.`)
  return key.ok ? key.value : null
}

function readChain(reader: SettingsReader, name: string): readonly X509Certificate[] {
  const setting = reader.secret(name)
  const certificates = (setting && readCertificates(setting.text)) ?? []
  if (!setting) reader.complain(`${name} (or ${name}_FILE) is missing.`)
  else if (certificates.length === 0) reader.complain(`${setting.origin} holds no certificate in PEM.`)
  return certificates
}
