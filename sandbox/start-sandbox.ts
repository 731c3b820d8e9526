import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createAlipay } from './alipay/create-alipay.ts'
import { ALIPAY_FAULTS } from './alipay/fault-kinds.ts'
import type { SettingsPatch as AlipaySettings } from './alipay/settings.ts'
import { ALIPAY_TABLES } from './alipay/tables.ts'
import { CALL_TABLES } from './book/call-log.ts'
import { openBook } from './book/open-book.ts'
import { createClock } from './clock.ts'
import { createFaultRules, FAULT_TABLES } from './faults/fault-rules.ts'
import type { Gateway } from './gateway-port.ts'
import { serve } from './http/serve.ts'
import { randomIds, seededIds } from './ids.ts'
import { startDeliveryLoop } from './notifier/delivery-loop.ts'
import { createNotificationQueue, NOTIFIER_TABLES } from './notifier/notification-queue.ts'
import { createNotifier, type Notifier } from './notifier/notifier.ts'
import { type Send, sendByHttp } from './notifier/send.ts'
import { createPace } from './pace.ts'
import type { Sandbox } from './sandbox.ts'
import { answerSandbox } from './switchboard/answer-sandbox.ts'
import { createUnionpay } from './unionpay/create-unionpay.ts'
import { UNIONPAY_FAULTS } from './unionpay/fault-kinds.ts'
import type { SettingsPatch as UnionpaySettings } from './unionpay/settings.ts'
import { UNIONPAY_TABLES } from './unionpay/tables.ts'
import { createWechatPay } from './wechatpay/create-wechatpay.ts'
import { WECHATPAY_FAULTS } from './wechatpay/fault-kinds.ts'
import type { SettingsPatch as WechatPaySettings } from './wechatpay/settings.ts'
import { WECHATPAY_TABLES } from './wechatpay/tables.ts'

export interface SandboxOptions {
  /** Book and keys live here and survive restarts. */
  readonly folder: string
  /** Another place for the book: `:memory:` for one that is forgotten. */
  readonly book?: string | undefined
  /** Where browsers and merchants reach it, without a slash at the end. */
  readonly publicUrl: string
  /** How much faster than in life the gateways are: see `pace.ts`. */
  readonly speed: number
  /** Makes every number that the sandbox draws repeatable; for a fresh folder. */
  readonly seed?: number | undefined
  readonly now?: () => number
  readonly send?: Send
  readonly alipay?: AlipaySettings
  readonly wechatpay?: WechatPaySettings
  readonly unionpay?: UnionpaySettings
}

export interface BuiltSandbox extends Sandbox {
  readonly notifier: Notifier
  onDue(wake: () => void): void
  close(): void
}

/** All gateways with their book, in this process and without a port: tests and simulations call it directly. */
export function buildSandbox(options: SandboxOptions): BuiltSandbox {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const book = openBook(options.book ?? join(options.folder, 'book.sqlite'), [
    FAULT_TABLES,
    NOTIFIER_TABLES,
    CALL_TABLES,
    ALIPAY_TABLES,
    WECHATPAY_TABLES,
    UNIONPAY_TABLES,
  ])
  const clock = createClock(book, options.now)
  const ids = options.seed === undefined ? randomIds() : seededIds(options.seed)
  const faults = createFaultRules(book, ids, {
    alipay: ALIPAY_FAULTS,
    wechatpay: WECHATPAY_FAULTS,
    unionpay: UNIONPAY_FAULTS,
  })
  let wake = () => {}
  const notifications = createNotificationQueue({ book, clock, faults, onAdded: () => wake() })
  const { publicUrl } = options
  const pace = createPace(options.speed)
  const shared = { book, clock, ids, pace, faults, notifications, publicUrl }
  const gateways: readonly Gateway[] = [
    createAlipay({ ...shared, folder: join(options.folder, 'alipay'), settings: options.alipay ?? {} }),
    createWechatPay({ ...shared, folder: join(options.folder, 'wechatpay'), settings: options.wechatpay ?? {} }),
    createUnionpay({ ...shared, folder: join(options.folder, 'unionpay'), settings: options.unionpay ?? {} }),
  ]
  const channels = Object.fromEntries(gateways.map(({ name, channel }) => [name, channel]))
  const { send = sendByHttp } = options
  const notifier = createNotifier({ book, clock, faults, channels, send, pace })
  return {
    book,
    clock,
    faults,
    gateways,
    notifier,
    pace,
    publicUrl,
    wake: () => wake(),
    onDue: (next) => {
      wake = next
    },
    close: () => book.close(),
  }
}

export interface RunningSandbox {
  readonly url: string
  readonly gateways: readonly Gateway[]
  stop(): Promise<void>
}

/** The same behind HTTP on loopback, sending what falls due. */
export async function startSandbox(port: number, options: SandboxOptions): Promise<RunningSandbox> {
  const sandbox = buildSandbox(options)
  const server = await serve(port, (incoming) => answerSandbox(sandbox, incoming), new URL(options.publicUrl).host)
  const loop = startDeliveryLoop(sandbox.notifier, sandbox.clock, () => {
    for (const gateway of sandbox.gateways) gateway.letTimePass()
  })
  sandbox.onDue(loop.wake)
  return {
    url: options.publicUrl,
    gateways: sandbox.gateways,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await loop.stop()
      sandbox.close()
    },
  }
}
