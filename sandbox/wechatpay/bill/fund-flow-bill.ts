import type { Struck } from '../../faults/fault-rules.ts'
import { type Fen, formatYuan } from '../../money.ts'
import { shanghaiTime } from '../../shanghai-time.ts'
import { type Entry, merchantEntries } from '../funds.ts'
import { findRefund } from '../refunds.ts'
import type { WechatPayRoom } from '../room.ts'
import { findTrade } from '../trades.ts'
import type { Day } from './bill-day.ts'
import { writeCsv } from './csv.ts'

const NAMES: Record<string, readonly [business: string, kind: string]> = {
  payment: ['交易', '交易'],
  fee: ['扣除交易手续费', '扣除交易手续费'],
  refund: ['退款', '退款'],
  fee_back: ['退还手续费', '退还手续费'],
  refund_undone: ['退款关闭', '退款'],
  moved: ['充值/提现', '充值/提现'],
}

const TITLES = [
  '记账时间',
  '微信支付业务单号',
  '资金流水单号',
  '业务名称',
  '业务类型',
  '收支类型',
  '收支金额（元）',
  '账户结余（元）',
  '资金变更提交申请人',
  '备注',
  '业务凭证号',
]
const SUMMARY_TITLES = ['资金流水总笔数', '收入笔数', '收入金额', '支出笔数', '支出金额']

/** The movements of the merchant's money in a day as text; null when there were none. */
export function fundFlowBill(room: WechatPayRoom, day: Day, struck: Struck): string | null {
  const entries = falsify(merchantEntries(room, day.from, day.to), struck)
  if (entries.length === 0) return null
  const income = entries.filter(({ amount }) => amount > 0n)
  const outgo = entries.filter(({ amount }) => amount < 0n)
  const count = entries.length + (struck.has('wrong_footer') ? 1 : 0)
  return writeCsv(
    { titles: TITLES, rows: entries.map((entry) => rowOf(room, entry)) },
    {
      titles: SUMMARY_TITLES,
      rows: [[String(count), String(income.length), sumOf(income), String(outgo.length), sumOf(outgo)]],
    },
  )
}

function rowOf(room: WechatPayRoom, entry: Entry): string[] {
  const { outTradeNo, outRefundNo } = entry
  const [business = '', kind = ''] = NAMES[entry.kind] ?? []
  const trade = outTradeNo === null ? null : findTrade(room, { outTradeNo })
  const refund = outRefundNo === null ? null : findRefund(room, { outRefundNo })
  return [
    shanghaiTime(entry.bookedAt),
    refund?.refundId ?? trade?.transactionId ?? '',
    `${shanghaiTime(entry.bookedAt).slice(0, 4)}${entry.seq.toString().padStart(16, '0')}`,
    business,
    kind,
    entry.amount > 0n ? '收入' : '支出',
    formatYuan(absolute(entry.amount)),
    formatYuan(entry.balance),
    'system',
    '',
    outRefundNo ?? outTradeNo ?? '',
  ]
}

const absolute = (amount: Fen): Fen => (amount < 0n ? -amount : amount)
const sumOf = (entries: readonly Entry[]): string =>
  formatYuan(absolute(entries.reduce((sum, { amount }) => sum + amount, 0n)))

function falsify(entries: readonly Entry[], struck: Struck): Entry[] {
  const [first] = entries
  if (!first) return []
  const told = [{ ...first, amount: first.amount + BigInt(struck.get('wrong_amount') ?? 0) }, ...entries.slice(1)]
  if (struck.has('missing_row')) told.pop()
  if (struck.has('doubled_row')) told.unshift(first)
  if (struck.has('extra_row')) told.push({ ...first, outTradeNo: 'NOBODY000001', outRefundNo: null })
  return told
}
