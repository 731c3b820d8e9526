import type { KeyObject, X509Certificate } from 'node:crypto'
import { readCertificates } from '../certificates.ts'
import { readScenes, requireKey, requireText } from '../required-settings.ts'
import { keysPair, readPrivateKey, readPublicKey } from '../rsa-keys.ts'
import type { PaymentsContext, SettingsReader } from '../settings-reader.ts'
import type { LoginSettings } from './buyer-login.ts'
import type { WechatClient } from './client.ts'
import { WECHAT_SCENES } from './create-trade.ts'
import { certificateDownload } from './download-certificates.ts'
import { API_V3_KEY_BYTES } from './encryption.ts'
import type { GatewayAccess } from './gateway.ts'
import { complainAboutMode } from './mode-rules.ts'
import { createWechatKeys, PUBLIC_KEY_ID, type WechatPublicKey } from './wechat-keys.ts'

const LIVE = {
  gateway: 'https://api.mch.weixin.qq.com',
  backup: 'https://api2.mch.weixin.qq.com',
  authorize: 'https://open.weixin.qq.com/connect/oauth2/authorize',
  openid: 'https://api.weixin.qq.com/sns/oauth2/access_token',
} as const

/** A shopper is waiting; WeChat Pay answers within a second or two. */
const CALL_BUDGET_MS = 10_000

export type WechatScene = (typeof WECHAT_SCENES)[number]
export type WechatPaySettings = {
  readonly client: WechatClient
  readonly scenes: readonly WechatScene[]
  /** Null without the secret of the official account: then nobody can pay inside WeChat. */
  readonly login: LoginSettings | null
  /** Our own, whose end somebody has to watch. */
  readonly certificate: X509Certificate
  readonly publicKeyId: string | null
}

/** Everything that WeChat Pay needs. Null when nothing is set, or when complaints were noted with the reader. */
export function readWechatPaySettings(reader: SettingsReader, context: PaymentsContext): WechatPaySettings | null {
  if (!reader.hasAny('WECHATPAY_')) return null
  const earlier = reader.complaints.length
  const mchId = requireText(reader, 'WECHATPAY_MCH_ID', /^\d{8,10}$/, 'the number of the merchant, 8 to 10 digits')
  const appId = requireText(
    reader,
    'WECHATPAY_APP_ID',
    /^wx[0-9a-f]{16}$/,
    'the account that is bound to it, wx and 16 digits',
  )
  const privateKey = requireKey(reader, 'WECHATPAY_PRIVATE_KEY', readPrivateKey)
  const certificate = readCertificate(reader, privateKey)
  const apiV3Key = readApiV3Key(reader, 'WECHATPAY_API_V3_KEY')
  const hasFormer = reader.hasAny(FORMER_KEY)
  const formerApiV3Key = hasFormer ? readApiV3Key(reader, FORMER_KEY) : null
  const publicKey = readPublicKeyMode(reader, privateKey)
  const hosts = readHosts(reader, context)
  const login = appId && readLogin(reader, appId)
  const scenes = readOfferedScenes(reader, Boolean(login))
  complainAboutMode(reader, context, { hosts: hosts ?? [], certificate })
  if (reader.complaints.length > earlier) return null
  if (!mchId || !appId || !privateKey || !certificate || !apiV3Key || !hosts) return null

  const access: GatewayAccess = {
    hosts,
    mchId,
    appId,
    privateKey,
    certificateSerial: certificate.serialNumber,
    publicKeyId: publicKey?.id ?? null,
    clock: context.clock,
    budgetMs: CALL_BUDGET_MS,
  }
  const keys = createWechatKeys(publicKey, certificateDownload({ access, apiV3Key, publicKey }))
  const notifyUrl = `${context.publicUrl}/api/notify/wechatpay`
  const client = { access, keys, apiV3Key, formerApiV3Key, notifyUrl }
  return { client, scenes, login: login || null, certificate, publicKeyId: access.publicKeyId }
}

function readCertificate(reader: SettingsReader, privateKey: KeyObject | null): X509Certificate | null {
  const setting = reader.secret('WECHATPAY_CERTIFICATE')
  const [certificate] = (setting && readCertificates(setting.text)) ?? []
  if (!setting) reader.complain('WECHATPAY_CERTIFICATE (or WECHATPAY_CERTIFICATE_FILE) is missing: apiclient_cert.pem.')
  else if (!certificate) reader.complain(`${setting.origin} holds no certificate in PEM.`)
  if (certificate && privateKey && !keysPair(privateKey, certificate.publicKey)) {
    reader.complain('WECHATPAY_PRIVATE_KEY and WECHATPAY_CERTIFICATE do not belong together.')
  }
  return certificate ?? null
}

const FORMER_KEY = 'WECHATPAY_API_V3_KEY_PREVIOUS'

function readApiV3Key(reader: SettingsReader, name: string): Uint8Array | null {
  const setting = reader.secret(name)
  if (!setting) {
    reader.complain(`${name} (or ${name}_FILE) is missing.`)
    return null
  }
  const key = Buffer.from(setting.text.trim())
  if (key.length === API_V3_KEY_BYTES) return key
  reader.complain(`${setting.origin} has ${key.length} bytes; the APIv3 key has exactly ${API_V3_KEY_BYTES}.`)
  return null
}

/** Both of its settings, or none: then WeChat Pay signs with the certificates that we download. */
function readPublicKeyMode(reader: SettingsReader, privateKey: KeyObject | null): WechatPublicKey | null {
  if (!reader.hasAny('WECHATPAY_PUBLIC_KEY')) return null
  const id = requireText(
    reader,
    'WECHATPAY_PUBLIC_KEY_ID',
    PUBLIC_KEY_ID,
    'the name of the public key, PUB_KEY_ID_ and digits',
  )
  const key = requireKey(reader, 'WECHATPAY_PUBLIC_KEY', readPublicKey)
  if (key && privateKey && keysPair(privateKey, key)) {
    reader.complain('WECHATPAY_PUBLIC_KEY is the public half of your own key; what belongs there is WeChat Pay’s key.')
  }
  return id && key ? { id, key } : null
}

function readHosts(reader: SettingsReader, { mode }: PaymentsContext): readonly [string, ...string[]] | null {
  const own = reader.value('WECHATPAY_GATEWAY_URL')
  const backup = reader.value('WECHATPAY_BACKUP_URL') ?? (own === null ? LIVE.backup : null)
  if (own === null && mode === 'sandbox') {
    reader.complain('WECHATPAY_GATEWAY_URL is missing: WeChat Pay has no sandbox of its own.')
    return null
  }
  const hosts = [own ?? LIVE.gateway, ...(backup === null ? [] : [backup])].map((url) => url.replace(/\/+$/, ''))
  const wrong = hosts.filter((url) => !URL.canParse(url))
  for (const url of wrong) reader.complain(`${url} is not an address (WECHATPAY_GATEWAY_URL, WECHATPAY_BACKUP_URL).`)
  const [first, ...others] = hosts
  return first && wrong.length === 0 ? [first, ...others] : null
}

function readLogin(reader: SettingsReader, appId: string): LoginSettings | null {
  const appSecret = reader.secret('WECHATPAY_APP_SECRET')?.text.trim()
  if (!appSecret) return null
  const authorizeUrl = reader.value('WECHATPAY_AUTHORIZE_URL') ?? LIVE.authorize
  const openidUrl = reader.value('WECHATPAY_OPENID_URL') ?? LIVE.openid
  for (const url of [authorizeUrl, openidUrl]) {
    if (!URL.canParse(url)) reader.complain(`${url} is not an address (WECHATPAY_AUTHORIZE_URL, WECHATPAY_OPENID_URL).`)
  }
  return { appId, appSecret, authorizeUrl, openidUrl }
}

/** Inside WeChat nobody can pay without the login, which needs the secret of the official account. */
function readOfferedScenes(reader: SettingsReader, hasLogin: boolean): readonly WechatScene[] {
  const scenes = readScenes(reader, 'WECHATPAY_SCENES', WECHAT_SCENES)
  if (hasLogin) return scenes
  if (reader.value('WECHATPAY_SCENES') !== null && scenes.includes('jsapi')) {
    reader.complain('WECHATPAY_APP_SECRET is missing, without which WECHATPAY_SCENES cannot hold jsapi.')
  }
  return scenes.filter((scene) => scene !== 'jsapi')
}
