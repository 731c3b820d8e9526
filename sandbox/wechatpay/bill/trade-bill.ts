import type { Struck } from '../../faults/fault-rules.ts'
import { type Fen, formatYuan } from '../../money.ts'
import { shanghaiTime } from '../../shanghai-time.ts'
import { OTHER_MERCHANT } from '../channel.ts'
import type { Refund } from '../refunds.ts'
import type { WechatPayRoom } from '../room.ts'
import type { Day } from './bill-day.ts'
import type { TradeBillType } from './bill-fields.ts'
import { writeCsv } from './csv.ts'
import { type BillRow, tradeRows } from './trade-rows.ts'

/** The trade bill of a day as text; null when there is nothing to tell. */
export function tradeBill(room: WechatPayRoom, day: Day, type: TradeBillType, struck: Struck): string | null {
  const rows = tradeRows(room, day, type, struck)
  if (rows.length === 0) return null
  const columns = COLUMNS.filter(([, , , only]) => only === undefined || only.includes(type))
  const mchid = struck.has('other_merchant') ? OTHER_MERCHANT.mchid : room.merchant.mchid
  const context: Context = { appid: room.merchant.appid, mchid, rate: rateText(room) }
  return writeCsv(
    {
      titles: columns.map(([title]) => title),
      rows: rows.map((row) => columns.map(([, ofPayment, ofRefund]) => cell(row, context, ofPayment, ofRefund))),
    },
    { titles: SUMMARY_TITLES, rows: [summaryOf(rows, struck.has('wrong_footer') ? 1 : 0)] },
  )
}

interface Context {
  readonly appid: string
  readonly mchid: string
  readonly rate: string
}

type OfPayment = (row: BillRow, context: Context) => string
type OfRefund = (row: BillRow & { readonly refund: Refund }, context: Context) => string
type Column = readonly [title: string, ofPayment: OfPayment, ofRefund: OfRefund, only?: readonly TradeBillType[]]

const same = (title: string, text: OfPayment): Column => [title, text, text]
const REFUNDED: readonly TradeBillType[] = ['ALL', 'REFUND']
const ZERO = () => '0.00'

const COLUMNS: readonly Column[] = [
  same('交易时间', ({ at }) => shanghaiTime(at)),
  same('公众账号ID', (_, { appid }) => appid),
  same('商户号', (_, { mchid }) => mchid),
  same('特约商户号', () => '0'),
  same('设备号', () => ''),
  same('微信订单号', ({ trade }) => trade.transactionId),
  same('商户订单号', ({ trade }) => trade.outTradeNo),
  same('用户标识', ({ trade }) => trade.openid ?? ''),
  same('交易类型', ({ trade }) => trade.tradeType),
  ['交易状态', () => 'SUCCESS', () => 'REFUND'],
  same('付款银行', () => 'OTHERS'),
  same('货币种类', () => 'CNY'),
  ['应结订单金额', ({ amount }) => formatYuan(amount), ZERO],
  same('代金券金额', ZERO),
  ['退款申请时间', () => '', ({ refund }) => shanghaiTime(refund.createdAt), ['REFUND']],
  [
    '退款成功时间',
    () => '',
    ({ refund }) => (refund.status === 'SUCCESS' && refund.endedAt ? shanghaiTime(refund.endedAt) : ''),
    ['REFUND'],
  ],
  ['微信退款单号', () => '0', ({ refund }) => refund.refundId, REFUNDED],
  ['商户退款单号', () => '0', ({ refund }) => refund.outRefundNo, REFUNDED],
  ['退款金额', ZERO, ({ amount }) => formatYuan(amount), REFUNDED],
  ['充值券退款金额', ZERO, ZERO, REFUNDED],
  ['退款类型', () => '', () => 'ORIGINAL', REFUNDED],
  ['退款状态', () => '', ({ refund }) => refund.status, REFUNDED],
  same('商品名称', ({ trade }) => trade.description),
  same('商户数据包', ({ trade }) => trade.attach ?? ''),
  same('手续费', ({ fee }) => `${formatYuan(fee)}000`),
  same('费率', (_, { rate }) => rate),
  ['订单金额', ({ amount }) => formatYuan(amount), ZERO],
  ['申请退款金额', ZERO, ({ amount }) => formatYuan(amount), REFUNDED],
  same('费率备注', () => ''),
]

const cell = (row: BillRow, context: Context, ofPayment: OfPayment, ofRefund: OfRefund): string =>
  row.refund ? ofRefund({ ...row, refund: row.refund }, context) : ofPayment(row, context)

const SUMMARY_TITLES = [
  '总交易单数',
  '应结订单总金额',
  '退款总金额',
  '充值券退款总金额',
  '手续费总金额',
  '订单总金额',
  '申请退款总金额',
]

function summaryOf(rows: readonly BillRow[], countOff: number): string[] {
  const sum = (chosen: readonly BillRow[], of: (row: BillRow) => Fen) =>
    chosen.reduce((total, row) => total + of(row), 0n)
  const paid = formatYuan(
    sum(
      rows.filter(({ refund }) => !refund),
      ({ amount }) => amount,
    ),
  )
  const refunded = formatYuan(
    sum(
      rows.filter(({ refund }) => refund),
      ({ amount }) => amount,
    ),
  )
  const fees = `${formatYuan(sum(rows, ({ fee }) => fee))}000`
  return [String(rows.length + countOff), paid, refunded, '0.00', fees, paid, refunded]
}

/** `0.60%` */
const rateText = (room: WechatPayRoom): string => `${formatYuan(BigInt(room.settings.current().feePerTenThousand))}%`
