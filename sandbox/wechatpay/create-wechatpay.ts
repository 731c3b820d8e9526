import { join } from 'node:path'
import { openCallLog } from '../book/call-log.ts'
import type { Gateway } from '../gateway-port.ts'
import { answerWechatPayApi, bookOf, recentTrades } from './api.ts'
import { addressInApp, answerAppBrowser } from './app/browser.ts'
import { answerCashier, cashierOfCode, waitingCodes } from './cashier.ts'
import { createWechatPayChannel } from './channel.ts'
import { WECHATPAY_FAULTS } from './fault-kinds.ts'
import { openAccounts } from './funds.ts'
import { answerGateway } from './gateway.ts'
import { openKeys } from './keys.ts'
import { writeMerchantFile } from './merchant-file.ts'
import type { WechatPayRoom } from './room.ts'
import { ROUTES } from './routes.ts'
import { openWechatPaySettings, type SettingsPatch } from './settings.ts'
import { letTimePass } from './time.ts'

type Needed = Omit<WechatPayRoom, 'keys' | 'settings' | 'merchant' | 'calls'> & {
  /** Where keys and the merchant's settings are kept. */
  readonly folder: string
  readonly settings: SettingsPatch
}

/** Numbers like those that WeChat Pay gives out; no merchant has these. */
const MERCHANT = {
  mchid: '1900000109',
  appid: 'wxd678e50f567a6787',
  appSecret: '5a9d0b00c0ffee00c0ffee00c0ffee00',
  name: '演示商户',
} as const

export function createWechatPay({ folder, settings, ...shared }: Needed): Gateway {
  const room: WechatPayRoom = {
    ...shared,
    calls: openCallLog(shared.book, shared.clock, 'wechatpay'),
    settings: openWechatPaySettings(shared.book, settings),
    merchant: MERCHANT,
    keys: openKeys(folder, new Date(shared.clock.now())),
  }
  openAccounts(room)
  return {
    name: 'wechatpay',
    url: room.publicUrl,
    channel: createWechatPayChannel(room),
    faultKinds: WECHATPAY_FAULTS,
    answer: (incoming) => answerGateway(room, incoming) ?? answerCashier(room, incoming),
    answerHost: (incoming) => answerAppBrowser(room, incoming, (own) => answerCashier(room, own)),
    addressInApp: (address) => addressInApp(room, address),
    answerApi: (path, incoming) => answerWechatPayApi(room, path, incoming),
    book: () => bookOf(room),
    recentTrades: (limit) => recentTrades(room, limit),
    methods: ROUTES.map(({ name }) => name),
    cashierOfCode,
    waitingCodes: (limit) => waitingCodes(room, limit),
    letTimePass: () => letTimePass(room),
    merchantFile: writeMerchantFile(room, join(folder, 'merchant.json')),
  }
}
