import { join } from 'node:path'
import { openCallLog } from '../book/call-log.ts'
import type { Gateway } from '../gateway-port.ts'
import { answerUnionpayApi, bookOf, recentTrades } from './api.ts'
import { answerCashier } from './cashier.ts'
import { createUnionpayChannel } from './channel.ts'
import { UNIONPAY_FAULTS } from './fault-kinds.ts'
import { answerGateway } from './gateway.ts'
import { openKeys } from './keys.ts'
import { writeMerchantFile } from './merchant-file.ts'
import { METHOD_NAMES } from './methods.ts'
import { letTimePass } from './move-transaction.ts'
import type { UnionpayRoom } from './room.ts'
import { openUnionpaySettings, type SettingsPatch } from './settings.ts'

type Needed = Omit<UnionpayRoom, 'keys' | 'settings' | 'merchant' | 'calls'> & {
  /** Where keys and the merchant's settings are kept. */
  readonly folder: string
  readonly settings?: SettingsPatch
}

/** A number like those that UnionPay gives out in its test environment. */
const MERCHANT = { merId: '777290000000001', abbreviation: '演示商户' } as const

export function createUnionpay({ folder, settings, ...shared }: Needed): Gateway {
  const room: UnionpayRoom = {
    ...shared,
    calls: openCallLog(shared.book, shared.clock, 'unionpay'),
    settings: openUnionpaySettings(shared.book, settings ?? {}),
    merchant: MERCHANT,
    keys: openKeys(folder, new Date(shared.clock.now())),
  }
  return {
    name: 'unionpay',
    url: room.publicUrl,
    channel: createUnionpayChannel(room),
    faultKinds: UNIONPAY_FAULTS,
    answer: (incoming) => answerGateway(room, incoming) ?? answerCashier(room, incoming),
    answerApi: (path, incoming) => answerUnionpayApi(room, path, incoming),
    book: () => bookOf(room),
    recentTrades: (limit) => recentTrades(room, limit),
    methods: METHOD_NAMES,
    cashierOfCode: () => null,
    letTimePass: () => letTimePass(room),
    merchantFile: writeMerchantFile(room, join(folder, 'merchant.json')),
  }
}
