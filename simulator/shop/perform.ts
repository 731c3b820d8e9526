import { type OpenedOrder, openOrder } from '../../db/orders/open-order.ts'
import type { PlaceOrder } from '../../db/orders/order-input.ts'
import { placeOrder } from '../../db/orders/place-order.ts'
import { orderWithCode } from '../../db/testing/sample-coupon.ts'
import { endUnpaidOrder } from '../../lib/checkout/end-unpaid-order.ts'
import { offeredMethods, sceneOf } from '../../lib/checkout/payment-methods.ts'
import { startPayment } from '../../lib/checkout/start-payment.ts'
import { takeReturn } from '../../lib/checkout/take-return.ts'
import { paymentProviders } from '../../lib/payments/registry.ts'
import { PUBLIC_URL } from '../platform/addresses.ts'
import { clock } from '../platform/virtual-platform.ts'
import type { Act, AfterSaleAct, GoodsAct, MethodId } from '../story/act.ts'
import { seeAfter } from './after-sale.ts'
import { openCashier, payThere, type WayBack } from './buyer.ts'
import { Crash, crashAt } from './crash.ts'
import { giveBack } from './give-back.ts'
import { moveGoods } from './goods.ts'
import { isOutage } from './outage.ts'
import { SHELVES } from './shelves.ts'
import type { World } from './world.ts'

/** What one shopper has in their browser. */
type Shopper = {
  order: PlaceOrder | null
  secret: string | null
  readonly parcels: string[]
  /** Where the last start by each way has led to. */
  readonly cashiers: Map<MethodId, string>
  readonly returns: Map<MethodId, WayBack>
}

/** Of those who have a code: fewer than they are, so that some use one that they have used before. */
const MAILBOXES = 4
const PAYER_IP = '203.0.113.7'

/** Does the acts of a story, one moment after the other. @returns a word on what came of it, for the story. */
export function createCast(world: World): { perform(act: Act): Promise<string> } {
  const shoppers = new Map<number, Shopper>()
  const shopperOf = (number: number): Shopper => {
    const known = shoppers.get(number) ?? {
      order: null,
      secret: null,
      parcels: [],
      cashiers: new Map(),
      returns: new Map(),
    }
    shoppers.set(number, known)
    return known
  }

  async function place({ shopper: number, lines, code, clicks }: Extract<Act, { kind: 'place' }>) {
    const shopper = shopperOf(number)
    const quantities: Record<string, number> = {}
    for (const { piece, quantity } of lines) quantities[SHELVES[piece]?.[0] ?? SHELVES[0][0]] = quantity
    const mailbox = code === null ? `buyer${number}` : `coupons${number % MAILBOXES}`
    shopper.order ??= ofBuyer(number, await orderWithCode(quantities, code, `${mailbox}@example.com`))
    const order = shopper.order
    const placed = await together(clicks, () => placeOrder(order))
    for (const answer of placed) if (answer.ok) shopper.secret = answer.value.secret
    return placed.map((answer) => (answer.ok ? 'placed' : answer.error.code)).join()
  }

  async function start({ shopper: number, method: id, clicks }: Extract<Act, { kind: 'start' }>) {
    const shopper = shopperOf(number)
    const order = await orderOf(shopper)
    const method = offeredMethods(paymentProviders()).find((offered) => offered.id === id)
    if (!order || !method) return 'nothing'
    const returnUrl = `${PUBLIC_URL}/api/return/${method.provider.name}`
    const device = method.scene === 'wap' || method.scene === 'h5' ? 'phone' : 'computer'
    const scene = sceneOf(method, { quitUrl: returnUrl, device, payerIp: PAYER_IP, openid: null })
    if (!scene) return 'nothing'
    const started = await together(clicks, () =>
      startPayment(method.provider, {
        orderId: order.id,
        expiresAt: order.expiresAt,
        scene,
        subject: `Comptoir ${order.number}`,
        returnUrl,
      }),
    )
    const [opened] = started.flatMap((answer) => (answer.ok ? [answer.value] : []))
    const cashier = opened ? await openCashier(world.sandbox, opened) : null
    if (cashier) shopper.cashiers.set(id, cashier)
    return started.map((answer) => (answer.ok ? (cashier ? 'cashier' : 'no cashier') : answer.error.code)).join()
  }

  async function pay({ shopper: number, method }: Extract<Act, { kind: 'pay' }>) {
    const shopper = shopperOf(number)
    const cashier = shopper.cashiers.get(method)
    if (!cashier) return 'nothing'
    const back = await payThere(world.sandbox, cashier)
    if (back) shopper.returns.set(method, back)
    return back ? 'sent back' : 'stays'
  }

  async function comeBack({ shopper: number, method: id }: Extract<Act, { kind: 'return' }>) {
    const shopper = shopperOf(number)
    const provider = offeredMethods(paymentProviders()).find((offered) => offered.id === id)?.provider
    const back = shopper.returns.get(id)
    if (!back || !provider) return 'nothing'
    const message = { search: back.url.search, body: Buffer.from(back.form), headers: new Headers() }
    return (await takeReturn(provider, message, shopper.secret ?? undefined)).came
  }

  async function cancel({ shopper: number }: Extract<Act, { kind: 'cancel' }>) {
    const order = await orderOf(shopperOf(number))
    if (!order) return 'nothing'
    const end = { orderId: order.id, event: 'cancelled', actor: 'shopper', reason: null, now: new Date() } as const
    const ended = await endUnpaidOrder(paymentProviders(), end)
    return ended.ok ? 'cancelled' : ended.error.code
  }

  async function refund(act: Extract<Act, { kind: 'refund' }>) {
    const shopper = shopperOf(act.shopper)
    const order = await orderOf(shopper)
    return order && shopper.order ? giveBack(order.id, shopper.order, act) : 'nothing'
  }

  async function goods(act: GoodsAct) {
    const shopper = shopperOf(act.shopper)
    const order = await orderOf(shopper)
    return order ? moveGoods({ orderId: order.id, parcels: shopper.parcels }, act) : 'nothing'
  }

  async function afterSale(act: AfterSaleAct) {
    const order = await orderOf(shopperOf(act.shopper))
    return order ? seeAfter(world.own, order.id, act) : 'nothing'
  }

  function goWrong({ gateway, point, fault, times, value }: Extract<Act, { kind: 'fault' }>) {
    const known = world.sandbox.gateways.find(({ name }) => name === gateway)?.faultKinds[point]
    if (!known || !Object.hasOwn(known, fault)) return 'spared'
    world.sandbox.faults.add({ gateway, point, kind: fault, times, value })
    return 'set'
  }

  async function replay({ message: number }: Extract<Act, { kind: 'replay' }>) {
    const again = world.sent[number % Math.max(1, world.sent.length)]
    if (!again) return 'nothing'
    return String((await world.deliver(again.url, again.message)).status)
  }

  async function perform(act: Act): Promise<string> {
    switch (act.kind) {
      case 'place':
        return place(act)
      case 'start':
        return start(act)
      case 'pay':
        return pay(act)
      case 'return':
        return comeBack(act)
      case 'cancel':
        return cancel(act)
      case 'replay':
        return replay(act)
      case 'fault':
        return goWrong(act)
      case 'crash':
        crashAt(act.point, act.nth, () => world.line.cutSoon())
        return 'set'
      case 'line':
        world.line.strike({ fault: act.fault, nth: act.nth })
        return 'set'
      case 'refund':
        return refund(act)
      case 'ship':
      case 'undo':
      case 'arrive':
      case 'confirm':
        return goods(act)
      case 'ask':
      case 'withdraw':
      case 'answer':
      case 'take_in':
      case 'pay_out':
        return afterSale(act)
      case 'books':
        world.keepBooks()
        return 'set'
      case 'worker_away':
        world.sendWorkerAway(clock.now() + act.minutes * 60_000)
        return 'away'
    }
  }
  return {
    perform: async (act) => {
      try {
        return await perform(act)
      } catch (error) {
        if (error instanceof Crash) return `died at ${error.message}`
        if (isOutage(error)) return 'database failed'
        throw error
      }
    },
  }
}

const orderOf = async ({ secret }: Shopper): Promise<OpenedOrder | null> => (secret ? openOrder(secret) : null)

const together = <T>(times: number, act: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, act))

/** Each shopper lives somewhere else. */
function ofBuyer(number: number, order: PlaceOrder): PlaceOrder {
  const phone = String(13_800_100_000 + number)
  return {
    ...order,
    contact: { ...order.contact, phone },
    address: { ...order.address, phone, street: `龙井路 ${number + 1} 号` },
  }
}
