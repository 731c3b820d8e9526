import type { KeyObject, X509Certificate } from 'node:crypto'
import { readCertificates } from '../certificates.ts'
import { readScenes, requireKey, requireText } from '../required-settings.ts'
import { keysPair, readPrivateKey, readPublicKey } from '../rsa-keys.ts'
import type { PaymentsContext, SettingsReader } from '../settings-reader.ts'
import { type AlipayKeys, certificateKeys, singleKey } from './alipay-keys.ts'
import { certificateSn, rootCertificateSn } from './certificates.ts'
import type { AlipayClient } from './client.ts'
import { ALIPAY_SCENES } from './create-trade.ts'
import { downloadCertificate } from './download-certificate.ts'
import type { GatewayAccess } from './gateway.ts'
import { complainAboutMode } from './mode-rules.ts'

const GATEWAYS = {
  production: 'https://openapi.alipay.com/gateway.do',
  sandbox: 'https://openapi-sandbox.dl.alipaydev.com/gateway.do',
} as const

/** A shopper is waiting; Alipay answers within a second or two. */
const CALL_BUDGET_MS = 10_000

export type AlipayScene = (typeof ALIPAY_SCENES)[number]
export type AlipaySettings = {
  readonly client: AlipayClient
  readonly scenes: readonly AlipayScene[]
  /** Null in public-key mode, unless our own public key was given to compare with. */
  readonly ownPublicKey: KeyObject | null
  /** Those whose end somebody has to watch. */
  readonly certificates: readonly { readonly name: string; readonly certificate: X509Certificate }[]
}

/** Everything that Alipay needs. Null when nothing is set, or when complaints were noted with the reader. */
export function readAlipaySettings(reader: SettingsReader, context: PaymentsContext): AlipaySettings | null {
  if (!reader.hasAny('ALIPAY_')) return null
  const earlier = reader.complaints.length
  const appId = requireText(reader, 'ALIPAY_APP_ID', /^\d{16,32}$/, 'the number of the application, 16 digits')
  const sellerId = requireText(
    reader,
    'ALIPAY_SELLER_ID',
    /^2088\d{12}$/,
    'the account that is paid, 2088 and 12 digits',
  )
  const gatewayUrl = reader.value('ALIPAY_GATEWAY_URL') ?? GATEWAYS[context.mode]
  if (!URL.canParse(gatewayUrl)) reader.complain('ALIPAY_GATEWAY_URL is not an address.')
  const privateKey = requireKey(reader, 'ALIPAY_PRIVATE_KEY', readPrivateKey)
  const trust = readTrust(reader, privateKey)
  const encryptKey = readEncryptKey(reader)
  const scenes = readScenes(reader, 'ALIPAY_SCENES', ALIPAY_SCENES)
  complainAboutMode(reader, context, { appId, gatewayUrl, certificates: trust?.certificates ?? [] })
  if (reader.complaints.length > earlier || !appId || !sellerId || !privateKey || !trust) return null

  const access: GatewayAccess = {
    gatewayUrl,
    appId,
    privateKey,
    certificateSns: trust.certificateSns,
    encryptKey,
    clock: context.clock,
    budgetMs: CALL_BUDGET_MS,
  }
  const notifyUrl = `${context.publicUrl}/api/notify/alipay`
  const client = { access, keys: trust.keys(access), sellerId, notifyUrl }
  return { client, scenes, ownPublicKey: trust.ownPublicKey, certificates: trust.certificates }
}

type Trust = Pick<AlipaySettings, 'ownPublicKey' | 'certificates'> & {
  readonly certificateSns: GatewayAccess['certificateSns']
  readonly keys: (access: GatewayAccess) => AlipayKeys
}

function readTrust(reader: SettingsReader, privateKey: KeyObject | null): Trust | null {
  const usesCertificates = reader.hasAny('ALIPAY_APP_CERTIFICATE') || reader.hasAny('ALIPAY_ROOT_CERTIFICATE')
  const trust = usesCertificates ? readCertificateTrust(reader) : readKeyTrust(reader, privateKey)
  if (trust?.ownPublicKey && privateKey && !keysPair(privateKey, trust.ownPublicKey)) {
    const own = usesCertificates ? 'ALIPAY_APP_CERTIFICATE' : 'ALIPAY_APP_PUBLIC_KEY'
    reader.complain(`ALIPAY_PRIVATE_KEY and ${own} do not belong together.`)
  }
  return trust
}

function readKeyTrust(reader: SettingsReader, privateKey: KeyObject | null): Trust | null {
  const alipayKey = requireKey(reader, 'ALIPAY_PUBLIC_KEY', readPublicKey)
  const hasOwn = reader.hasAny('ALIPAY_APP_PUBLIC_KEY')
  const ownPublicKey = hasOwn ? requireKey(reader, 'ALIPAY_APP_PUBLIC_KEY', readPublicKey) : null
  if (!alipayKey) return null
  if (privateKey && keysPair(privateKey, alipayKey)) {
    reader.complain(
      'ALIPAY_PUBLIC_KEY is the public half of your own key; what belongs there is Alipay’s key, which the console shows after yours is uploaded.',
    )
  }
  return { ownPublicKey, certificates: [], certificateSns: null, keys: () => singleKey(alipayKey) }
}

function readCertificateTrust(reader: SettingsReader): Trust | null {
  const [app] = readChain(reader, 'ALIPAY_APP_CERTIFICATE') ?? []
  const alipay = readChain(reader, 'ALIPAY_CERTIFICATE')
  const roots = readChain(reader, 'ALIPAY_ROOT_CERTIFICATE')
  if (!app || !alipay || !roots) return null
  return {
    ownPublicKey: app.publicKey,
    certificates: [
      { name: 'application certificate', certificate: app },
      { name: 'Alipay certificate', certificate: alipay[0] },
    ],
    certificateSns: { app: certificateSn(app), root: rootCertificateSn(roots) },
    keys: (access) => certificateKeys({ alipay, roots }, (certSn) => downloadCertificate(access, certSn)),
  }
}

function readChain(reader: SettingsReader, name: string): readonly [X509Certificate, ...X509Certificate[]] | null {
  const setting = reader.secret(name)
  const [first, ...rest] = (setting && readCertificates(setting.text)) ?? []
  if (!setting) reader.complain(`${name} (or ${name}_FILE) is missing; certificate mode needs all three certificates.`)
  else if (!first) reader.complain(`${setting.origin} holds no certificate in PEM.`)
  return first ? [first, ...rest] : null
}

function readEncryptKey(reader: SettingsReader): Uint8Array | null {
  const setting = reader.secret('ALIPAY_ENCRYPT_KEY')
  if (!setting) return null
  const key = Buffer.from(setting.text.trim(), 'base64')
  if (key.length !== 16) reader.complain(`${setting.origin} must be 16 bytes in base64.`)
  return key
}
