import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from '#db/client.ts'
import { hashSecret } from '#db/orders/order-secret.ts'
import { SAMPLE_CHECKOUT } from '#lib/checkout/testing/sample-checkout.ts'

const TRY_AGAIN_MS = 250
const PATIENCE_MS = 120_000
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin', accept: 'application/json' }
const FORM = { ...SAME_ORIGIN, 'content-type': 'application/x-www-form-urlencoded' }

export type Piece = { readonly id: number; readonly sku: string; readonly priceFen: string; readonly feeFen: string }
type Places = { readonly shop: string; readonly sandbox: string }
export type Purchase = { readonly outTradeNo: string; readonly provider: string }

/**
 * Buys one piece as a patient shopper does: whatever breaks on the way, the same request is sent again until it is
 * answered, with the same request id. @throws when a step is refused, or fails for two minutes on end.
 */
export async function buy({ shop, sandbox }: Places, piece: Piece, method: string): Promise<Purchase> {
  const cookie = `cart=${randomBytes(32).toString('base64url')}`
  await insist('cart', () =>
    fetch(`${shop}/api/cart?locale=en`, {
      method: 'POST',
      headers: { ...SAME_ORIGIN, 'content-type': 'application/json', cookie },
      body: JSON.stringify({ operation: 'add', sku: piece.sku, quantity: 1 }),
    }),
  )
  const provider = method.slice(0, method.indexOf('_'))
  const ticket = { request: randomUUID(), lines: `${piece.id}x1@${piece.priceFen}`, 'fee-standard': piece.feeFen }
  const placed = await insist('checkout', () =>
    fetch(`${shop}/api/checkout?locale=en`, {
      method: 'POST',
      headers: { ...FORM, cookie },
      body: new URLSearchParams({ ...SAMPLE_CHECKOUT, payment: provider, ...ticket }),
    }),
  )
  const secret = /\/order\/([^/"?]+)\/pay/.exec(placed.body)?.[1]
  if (!secret) throw new Error(`checkout answered ${placed.body.slice(0, 200)}`)
  const attempt = await startToPay(`${shop}/api/orders/${secret}/pay?locale=en`, cookie, method)
  await visitGateway(attempt.action)
  await insist('cashier', () =>
    fetch(`${sandbox}/api/${provider}/trades/${attempt.outTradeNo}/pay`, { method: 'POST', headers: SAME_ORIGIN }),
  )
  return { outTradeNo: attempt.outTradeNo, provider }
}

type Attempt = { readonly outTradeNo: string; readonly action: unknown }

/** Until there is an attempt with something for the browser to do: a gateway that is away is asked again by us. */
async function startToPay(url: string, cookie: string, method: string): Promise<Attempt> {
  const deadline = performance.now() + PATIENCE_MS
  while (performance.now() < deadline) {
    await insist('pay', () =>
      fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { ...FORM, cookie },
        body: new URLSearchParams({ method }),
      }),
    )
    const secret = /orders\/([^/]+)\/pay/.exec(url)?.[1] ?? ''
    const attempt = await openAttempt(secret, method).catch(() => null)
    if (attempt?.action) return attempt
    await wait(TRY_AGAIN_MS)
  }
  throw new Error(`no attempt by ${method} could be started`)
}

async function openAttempt(secret: string, method: string): Promise<Attempt | null> {
  const [provider = '', scene = ''] = method.split('_')
  const [attempt] = await sql<Attempt[]>`
    select out_trade_no as "outTradeNo", action from payment_attempts
    join payments on payments.id = payment_id join order_links on order_links.order_id = payments.order_id
    where secret_hash = ${hashSecret(secret)} and provider = ${provider} and scene = ${scene}
    order by sequence desc limit 1`
  return attempt ?? null
}

async function visitGateway(action: unknown): Promise<void> {
  if (typeof action !== 'object' || action === null || !('url' in action) || typeof action.url !== 'string') return
  const { url } = action
  const fields = 'fields' in action && Array.isArray(action.fields) ? (action.fields as [string, string][]) : null
  await insist('gateway', () =>
    fetch(url, fields ? { method: 'POST', body: new URLSearchParams(fields) } : { redirect: 'follow' }),
  )
}

/** Sends again what was not answered, or answered by 5xx; what is refused is a fault of the drill or of the shop. */
async function insist(what: string, send: () => Promise<Response>): Promise<{ readonly body: string }> {
  const deadline = performance.now() + PATIENCE_MS
  let last = 'nothing'
  while (performance.now() < deadline) {
    try {
      const answer = await send()
      const body = await answer.text()
      last = `${answer.status} ${body.slice(0, 200)}`
      if (answer.status < 400) return { body }
      // The cashier refuses to take the money of a trade twice: an earlier try went through.
      if (what === 'cashier' && answer.status === 409) return { body }
      if (answer.status < 500 && answer.status !== 429) break
    } catch (error) {
      last = String(error)
    }
    await wait(TRY_AGAIN_MS)
  }
  throw new Error(`${what}: ${last}`)
}
