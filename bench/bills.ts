import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setInterval as every } from 'node:timers'
import { parseArgs } from 'node:util'
import { crc32, createDeflateRaw } from 'node:zlib'
import iconv from 'iconv-lite'
import { billWindow } from '#lib/domain/bill-day.ts'
import { type Fen, toFen, toYuan } from '#lib/domain/money.ts'
import { toShanghaiTime } from '#lib/domain/shanghai-time.ts'
import { readBill } from '#lib/payments/alipay/read-bill.ts'
import type { PaymentProvider } from '#lib/payments/port.ts'
import { makeBenchDatabase } from './bench-database.ts'

/**
 * A day's bill of Alipay of a million lines, fetched, kept, read and matched with a million payments of our own: lines a
 * second and memory, beside one of a hundredth of that. Makes a database of its own on the server of `DATABASE_URL`:
 * `DATABASE_URL=postgres://… npm run bench:bills -- --lines 1000000`
 */
const { values } = parseArgs({ options: { lines: { type: 'string', default: '1000000' } } })
const most = Number(values.lines)
const DAY = '2026-11-20'
const SELLER_ID = '2088000000000001'
const WINDOW = billWindow(DAY, 0)
/** Of this many lines one has another amount. */
const WRONG_ONE_IN = 10_000

const database = await makeBenchDatabase()

const { sql } = await import('#db/client.ts')
const { amountOf, fillPaidOrders, numberOf } = await import('#db/testing/fill-paid-orders.ts')
const { listDifferences } = await import('#db/reconciliation/list-differences.ts')
const { reconcileDay } = await import('#lib/reconciliation/reconcile-day.ts')

async function measure(lines: number): Promise<void> {
  await sql`truncate orders, bill_days, bill_files, bill_lines cascade`
  await fillPaidOrders({ provider: 'alipay', count: lines, ...WINDOW, prefix: 'BNCH' })
  await sql`analyze`
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  try {
    const path = join(folder, 'bill.zip')
    await writeBill(path, lines)
    await reconcileBill(path, lines)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function reconcileBill(path: string, lines: number): Promise<void> {
  let peak = 0
  const before = process.memoryUsage().rss
  const watch = every(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 50)
  const startedAt = performance.now()
  const marks: string[] = []
  let last = ''
  const onProgress = (step: string, count: number) => {
    if (step !== last) marks.push(`${step} from ${seconds(startedAt)} s`)
    last = step
    if (count % 100_000 < 1_000) console.error(`  ${step} ${count} lines, ${seconds(startedAt)} s`)
  }
  const outcome = await reconcileDay({ provider: asProvider(path), day: DAY, from: 'provider', onProgress }, new Date())
  const tookS = (performance.now() - startedAt) / 1000
  clearInterval(watch)
  if (!outcome.ok) throw new Error(outcome.error.reason)
  const found = await listDifferences({ provider: 'alipay', day: DAY })
  console.log(
    `${lines} lines, ${mib((await stat(path)).size)} packed: ${tookS.toFixed(1)} s, ${Math.round(lines / tookS)} lines/s,`,
    `memory ${mib(before)} → ${mib(peak)} at most, ${found.length} of ${Math.ceil(lines / WRONG_ONE_IN)} differences (${marks.join(', ')})`,
  )
}

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1)
const mib = (bytes: number) => `${Math.round(bytes / 1_048_576)} MiB`

/** Only what the reconciliation asks of a provider; the file is there already. */
function asProvider(path: string): PaymentProvider {
  const provider: Pick<PaymentProvider, 'name' | 'billDay' | 'downloadBill' | 'readBill'> = {
    name: 'alipay',
    billDay: { startsAt: 0, readyAt: 9 },
    downloadBill: async (_, to) => {
      await pipeline(createReadStream(path), createWriteStream(to))
      return { ok: true, value: 'kept' }
    },
    readBill: (day, from, take) => readBill(SELLER_ID, { day, path: from }, take),
  }
  return provider as PaymentProvider
}

/** As Alipay writes it: GBK, 25 columns, totals at the foot, in a ZIP. */
async function writeBill(path: string, lines: number): Promise<void> {
  const entry = Buffer.from(iconv.encode(`${SELLER_ID}_20261120_业务明细.csv`, 'gbk'))
  let [size, crc, packed] = [0, 0, 0]
  const head = Buffer.concat([Buffer.from('504b0304140000000800', 'hex'), Buffer.alloc(16), Buffer.alloc(4)])
  head.writeUInt16LE(entry.length, 26)
  async function* text() {
    for (const part of billText(lines)) {
      const bytes = iconv.encode(part, 'gbk')
      size += bytes.length
      crc = crc32(bytes, crc)
      yield bytes
    }
  }
  const file = await open(path, 'w')
  try {
    await file.write(Buffer.concat([head, entry]))
    await pipeline(text, createDeflateRaw(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        packed += chunk.length
        await file.write(chunk)
      }
    })
    await file.write(directoryOf(entry, { size, crc, packed, start: head.length + entry.length }))
  } finally {
    await file.close()
  }
}

function directoryOf(entry: Buffer, { size, crc, packed, start }: Record<'size' | 'crc' | 'packed' | 'start', number>) {
  const directory = Buffer.alloc(46)
  Buffer.from('504b010214001400000008', 'hex').copy(directory)
  directory.writeUInt32LE(crc, 16)
  directory.writeUInt32LE(packed, 20)
  directory.writeUInt32LE(size, 24)
  directory.writeUInt16LE(entry.length, 28)
  const end = Buffer.alloc(22)
  Buffer.from('504b0506', 'hex').copy(end)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(directory.length + entry.length, 12)
  end.writeUInt32LE(start + packed, 16)
  return Buffer.concat([directory, entry, end])
}

function* billText(lines: number): Generator<string> {
  yield `#支付宝业务明细查询\r\n#账号：[${SELLER_ID}0156]\r\n#起始日期：[2026年11月20日 00:00:00]   终止日期：[2026年11月21日 00:00:00]\r\n#-----业务明细列表-----\r\n支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注\r\n`
  const stepMs = 86_400_000 / lines
  let [total, part] = [0n, '']
  for (let n = 0; n < lines; n++) {
    const number = numberOf('BNCH', n)
    const amount = amountOf(n) + (n % WRONG_ONE_IN === 0 ? 1n : 0n)
    const at = toShanghaiTime(new Date(WINDOW.from.getTime() + n * stepMs))
    const [yuan, fee] = [toYuan(toFen(amount)), toYuan(((amount * 60n + 5_000n) / 10_000n) as Fen)]
    total += amount
    part += `T${number}\t,${number}\t,交易\t,青瓷茶壶 一把\t,${at},${at},\t,\t,\t,\t,*演示买家(buy***@sandbox.example)\t,${yuan},${yuan},0.00,0.00,0.00,0.00,0.00,\t,0.00,0.00,\t,-${fee},0.00,\t\r\n`
    if (part.length < 60_000) continue
    yield part
    part = ''
  }
  yield `${part}#-----业务明细列表结束-----\r\n#交易合计：${lines}笔，商家实收共${toYuan(toFen(total))}元，商家优惠共0.00元\r\n#退款合计：0笔，商家实收退款共0.00元，商家优惠退款共0.00元\r\n#导出时间：[2026年11月21日 09:00:00]\r\n`
}

try {
  for (const lines of [Math.max(1, Math.round(most / 100)), most]) await measure(lines)
} finally {
  await database.end()
}
