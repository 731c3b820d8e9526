import { join } from 'node:path'
import { openCallLog } from '../book/call-log.ts'
import type { Gateway } from '../gateway-port.ts'
import type { Incoming } from '../http/messages.ts'
import { openAccounts } from './accounts.ts'
import { answerAlipayApi, bookOf, recentTrades } from './api.ts'
import { answerBill } from './bill/answer-bill.ts'
import { answerCashier, cashierOfCode } from './cashier.ts'
import { ALIPAY_FAULTS } from './fault-kinds.ts'
import { answerGateway } from './gateway.ts'
import { openKeys } from './keys.ts'
import { writeMerchantFile } from './merchant-file.ts'
import { BROWSER_METHODS, SERVER_METHODS } from './methods.ts'
import { letTimePass } from './move-trade.ts'
import type { AlipayRoom } from './room.ts'
import { openAlipaySettings, type SettingsPatch } from './settings.ts'
import { createAlipayChannel } from './signed-form.ts'

type Needed = Omit<AlipayRoom, 'keys' | 'settings' | 'merchant' | 'calls'> & {
  /** Where keys and the merchant's settings are kept. */
  readonly folder: string
  readonly settings: SettingsPatch
}

const GATEWAY_PATH = '/gateway.do'

/** Numbers like those that Alipay gives out in its own sandbox. */
const MERCHANT = {
  appId: '9021000000000001',
  sellerId: '2088721000000001',
  sellerEmail: 'shop@sandbox.example',
} as const

export function createAlipay({ folder, settings, ...shared }: Needed): Gateway {
  const room: AlipayRoom = {
    ...shared,
    calls: openCallLog(shared.book, shared.clock, 'alipay'),
    settings: openAlipaySettings(shared.book, settings),
    merchant: MERCHANT,
    keys: openKeys(folder, new Date(shared.clock.now())),
  }
  openAccounts(room)
  const url = `${room.publicUrl}${GATEWAY_PATH}`
  return {
    name: 'alipay',
    url,
    channel: createAlipayChannel(room),
    faultKinds: ALIPAY_FAULTS,
    answer: (incoming: Incoming) =>
      incoming.path === GATEWAY_PATH
        ? answerGateway(room, incoming)
        : (answerCashier(room, incoming) ?? answerBill(room, incoming)),
    answerApi: (path, incoming) => answerAlipayApi(room, path, incoming),
    book: () => bookOf(room),
    recentTrades: (limit) => recentTrades(room, limit),
    methods: [...BROWSER_METHODS.keys(), ...SERVER_METHODS.keys()],
    cashierOfCode,
    letTimePass: () => letTimePass(room),
    merchantFile: writeMerchantFile(room, join(folder, 'merchant.json'), url),
  }
}
