import { readFileSync } from 'node:fs'
import { observeProvider } from '../telemetry/observe-provider.ts'
import { createAlipay } from './alipay/provider.ts'
import { readAlipaySettings } from './alipay/settings.ts'
import type { PaymentProvider, ProviderName } from './port.ts'
import { createSettingsReader, type PaymentsContext, type SettingsReader } from './settings-reader.ts'
import { createUnionpay } from './unionpay/provider.ts'
import { readUnionpaySettings } from './unionpay/settings.ts'
import { createWechatPay } from './wechatpay/provider.ts'
import { readWechatPaySettings } from './wechatpay/settings.ts'

export type PaymentRegistry = ReadonlyMap<ProviderName, PaymentProvider>

/** One line for each provider; a provider without settings is not offered. */
const BUILDERS: readonly ((reader: SettingsReader, context: PaymentsContext) => PaymentProvider | null)[] = [
  (reader, context) => {
    const settings = readAlipaySettings(reader, context)
    return settings && createAlipay(settings)
  },
  (reader, context) => {
    const settings = readWechatPaySettings(reader, context)
    return settings && createWechatPay(settings)
  },
  (reader, context) => {
    const settings = readUnionpaySettings(reader, context)
    return settings && createUnionpay(settings)
  },
]

/**
 * The providers that the settings describe, any subset of them.
 * @throws {Error} with one line for each thing that is not right: a shop with half a provider must not start.
 */
export function createRegistry(
  values: Readonly<Record<string, string | undefined>>,
  { readFile, clock }: { readFile: (path: string) => Uint8Array; clock: () => Date },
): PaymentRegistry {
  const reader = createSettingsReader(values, readFile)
  const context = { mode: readMode(reader), publicUrl: readPublicUrl(reader), clock }
  const providers = BUILDERS.map((build) => build(reader, context)).filter((provider) => provider !== null)
  if (providers.length > 0 && context.mode === 'production') complainAboutPublicUrl(reader, context.publicUrl)
  if (reader.complaints.length > 0)
    throw new Error(['Payment settings are not right.', ...reader.complaints].join('\n'))
  return new Map(providers.map((provider) => [provider.name, provider]))
}

let registry: PaymentRegistry | undefined

/** The providers of this process, read from its environment at the first call. Throws as `createRegistry` does. */
export function paymentProviders(): PaymentRegistry {
  registry ??= observed(
    createRegistry(process.env, { readFile: (path) => readFileSync(path), clock: () => new Date() }),
  )
  return registry
}

const observed = (providers: PaymentRegistry): PaymentRegistry =>
  new Map([...providers].map(([name, provider]) => [name, observeProvider(provider)]))

/** True in a shop whose gateways are pretended ones. */
export const isPractising = (): boolean => process.env['PAYMENTS_MODE'] === 'sandbox'

/** Production unless it is said otherwise: forgetting the setting must err on the strict side. */
function readMode(reader: SettingsReader): PaymentsContext['mode'] {
  const mode = reader.value('PAYMENTS_MODE') ?? 'production'
  if (mode === 'sandbox' || mode === 'production') return mode
  reader.complain('PAYMENTS_MODE must be sandbox or production.')
  return 'production'
}

const readPublicUrl = (reader: SettingsReader): string =>
  (reader.value('PUBLIC_URL') ?? 'http://localhost:3000').replace(/\/+$/, '')

function complainAboutPublicUrl(reader: SettingsReader, publicUrl: string): void {
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : null
  if (url?.protocol === 'https:' && !/^(localhost|127\.|\[::1\])/.test(url.hostname)) return
  reader.complain(`PUBLIC_URL is ${publicUrl}; in production it must be an https address that the gateways can reach.`)
}
