import type { OrderPage } from '#db/office/list-orders.ts'
import type { Permit } from '#lib/domain/permissions.ts'

/** One database of `bench/office.ts`, in a process of its own: answers a question with what each case took and gave. */
export type LaneAnswer = Readonly<
  Record<string, { readonly ms: number; readonly cpuMs: number | null; readonly orders: number | null }>
>

const { listOrders } = await import('#db/office/list-orders.ts')
const { countWork } = await import('#db/office/count-work.ts')
const { countLowStock } = await import('#db/figures/count-low-stock.ts')
const { countOpenWork } = await import('#db/figures/count-open-work.ts')
const { readConversion } = await import('#db/figures/read-conversion.ts')
const { readRefundFigures } = await import('#db/figures/read-refund-figures.ts')
const { readSales } = await import('#db/figures/read-sales.ts')
const { sql } = await import('#db/client.ts')
const { addToDay } = await import('#lib/domain/calendar-day.ts')
const { EVERY_ORDER } = await import('#lib/domain/order-list.ts')
const { toShanghaiDay } = await import('#lib/domain/shanghai-time.ts')

const { openCpuClock } = await import('./backend-cpu.ts')

const permit = { staffId: 'bench', name: 'bench', roles: ['owner'] } as unknown as Permit<'orders.read'>
const figures = permit as unknown as Permit<'figures.read'>
const PAGE = 50
const today = toShanghaiDay(new Date())
const day = { first: today, last: today }
const weeks = { first: addToDay(today, -27), last: today }

const [{ count = 0 } = {}] = await sql<{ count: number }[]>`select count(*)::int from orders`
/** Where a page begins that so many of a hundred orders stand before. */
async function depth(percent: number) {
  const [at] = await sql<{ placedAt: string; id: string }[]>`
    select placed_at as "placedAt", id from orders order by placed_at desc, id desc
    offset ${Math.floor((count * percent) / 100)} limit 1`
  return at ? { id: at.id, placedAt: new Date(at.placedAt) } : null
}
await sql`set statement_timeout = 0`
const cpuClock = await openCpuClock()
const depths = new Map<number, Awaited<ReturnType<typeof depth>>>()
for (const percent of [10, 50, 90, 99]) depths.set(percent, await depth(percent))

/** Of the orders, so that no two rounds ask for the same. */
const someone = () => 1 + Math.floor(Math.random() * count)
const digits = (n: number, length: number) => String(n).padStart(length, '0')
async function someNumber() {
  const [order] = await sql<{ number: string }[]>`
    select number from orders where phone = ${`+86139${digits(someone(), 8)}`} limit 1`
  return order?.number ?? ''
}
const list = (filter: object, after: { placedAt: Date; id: string } | null = null) =>
  listOrders(permit, { ...EVERY_ORDER, ...filter }, { after, limit: PAGE })
const find = (text: string) => list({ text })

const CASES: Readonly<Record<string, () => Promise<() => Promise<unknown>>>> = {
  'list, first page': async () => () => list({}),
  'list, 10 % deep': async () => () => list({}, depths.get(10)),
  'list, 50 % deep': async () => () => list({}, depths.get(50)),
  'list, 99 % deep': async () => () => list({}, depths.get(99)),
  'paid and to be sent': async () => () => list({ toSend: true }),
  'waits for us': async () => () => list({ afterSale: 'open' }),
  refunded: async () => () => list({ payment: 'refunded' }),
  'paid at UnionPay': async () => () => list({ provider: 'unionpay' }),
  'counts of work': async () => () => countWork(permit),
  'find a number': async () => {
    const number = await someNumber()
    return () => find(number)
  },
  'find a number as typed': async () => {
    const number = await someNumber()
    return () => find(number.slice(0, 9))
  },
  'find an e-mail': async () => {
    const email = `buyer${someone()}@example.com`
    return () => find(email)
  },
  'find a telephone': async () => {
    const phone = `139${digits(someone(), 8)}`
    return () => find(phone)
  },
  'find a receipt': async () => {
    const receipt = `20261121${digits(someone(), 20)}`
    return () => find(receipt)
  },
  'find a surname': async () => () => find('王'),
  'find a first name': async () => () => find('zoe'),
  'find half a first name': async () => () => find('ma'),
  'find a Chinese name': async () => () => find('欧阳薇'),
  'find a common name': async () => () => find('王薇'),
  'find a Latin name': async () => () => find('Zoë Ångström'),
  'a surname, paid at UnionPay': async () => () => list({ text: '王', provider: 'unionpay' }),
  'find a piece': async () => () => find('CPT-RT90-CEL'),
  dashboard: async () => () =>
    Promise.all([
      countOpenWork(),
      countLowStock(),
      readSales(figures, day, 'hour'),
      readSales(figures, weeks, 'day'),
      readRefundFigures(figures, day, 'day'),
      readConversion(figures, day, 'day'),
    ]),
}

async function answer(): Promise<LaneAnswer> {
  const took: [string, LaneAnswer[string]][] = []
  for (const [name, prepare] of Object.entries(CASES)) {
    const ask = await prepare()
    const [from, used] = [performance.now(), cpuClock?.()]
    const given = await ask()
    const orders = given instanceof Object && 'stopped' in given ? (given as OrderPage).orders.length : null
    const ms = performance.now() - from
    took.push([name, { ms, cpuMs: cpuClock && used !== undefined ? cpuClock() - used : null, orders }])
  }
  return Object.fromEntries(took)
}

/** Writes the orders of the last days to a file as the worker does, and watches what the process holds meanwhile. */
async function exportDays(days: number, format: 'csv' | 'xlsx') {
  const { accounts, staff } = await import('#db/accounts/schema.ts')
  const { db } = await import('#db/client.ts')
  const { askExport } = await import('#db/office/ask-export.ts')
  const { writeOrderExport } = await import('#lib/office/write-order-export.ts')
  const [someone] = await db
    .insert(accounts)
    .values({ email: `${crypto.randomUUID()}@example.com`, locale: 'zh' })
    .returning({ id: accounts.id })
  const staffId = someone?.id ?? ''
  await db.insert(staff).values({ accountId: staffId, roles: ['owner'] })
  const asking = { ...permit, staffId } as unknown as Permit<'orders.export'>
  const filter = { ...EVERY_ORDER, from: addToDay(today, -days) }
  const id = crypto.randomUUID()
  await askExport(asking, { id, format, locale: 'zh', filter, ip: '127.0.0.1' })

  const rss: number[] = []
  const watch = setInterval(() => rss.push(process.memoryUsage().rss), 100)
  const from = performance.now()
  const written = await writeOrderExport(id, new AbortController().signal)
  clearInterval(watch)
  const [{ bytes = 0 } = {}] = await sql<{ bytes: number }[]>`
    select bytes::float8 from order_exports where id = ${id}`
  await sql`delete from order_exports where id = ${id}`
  const most = (part: readonly number[]) => Math.max(0, ...part)
  const half = Math.ceil(rss.length / 2)
  return {
    format,
    rows: written === 'nothing_to_do' ? 0 : written.rows,
    seconds: (performance.now() - from) / 1000,
    bytes,
    rssBefore: rss[0] ?? 0,
    rssFirstHalf: most(rss.slice(0, half)),
    rssSecondHalf: most(rss.slice(half)),
  }
}
export type LaneExport = Awaited<ReturnType<typeof exportDays>>

process.on('message', async (what: 'ask' | 'end' | { readonly days: number; readonly format: 'csv' | 'xlsx' }) => {
  if (what === 'end') {
    await sql.end({ timeout: 5 })
    process.disconnect()
  } else process.send?.(what === 'ask' ? await answer() : await exportDays(what.days, what.format))
})
process.send?.('ready')
