import type { BrowserAction } from '../../lib/payments/port.ts'
import type { Answer } from '../../sandbox/http/messages.ts'
import type { BuiltSandbox } from '../../sandbox/start-sandbox.ts'
import { askGateways } from './gateway-line.ts'

/** How often a browser follows a redirect before it gives up. */
const REDIRECTS = 5

/** Where a browser comes to stand, and what it was shown there. */
type Arrival = { readonly url: string; readonly answer: Answer }

/** Does in a browser what the shop told it to do, as far as the page on which the buyer pays. Null when nothing came. */
export async function openCashier(sandbox: BuiltSandbox, action: BrowserAction): Promise<string | null> {
  const arrival = await arriveAt(sandbox, action)
  return arrival && arrival.answer.status === 200 && !arrival.answer.broken ? arrival.url : null
}

async function arriveAt(sandbox: BuiltSandbox, action: BrowserAction): Promise<Arrival | null> {
  switch (action.kind) {
    case 'redirect':
      return browse(sandbox, action.url)
    case 'form': {
      const fields = action.fields.map(([name, value]): [string, string] => [name, value])
      return browse(sandbox, action.url, new URLSearchParams(fields))
    }
    case 'qr': {
      const path = sandbox.gateways.map((gateway) => gateway.cashierOfCode(action.text)).find((found) => found !== null)
      return path ? browse(sandbox, new URL(path, sandbox.publicUrl).href) : null
    }
    case 'jsapi':
      return null
  }
}

/** Presses “pay” there. @returns where the gateway sends the buyer back to, null when it sends them nowhere. */
export async function payThere(sandbox: BuiltSandbox, cashier: string): Promise<string | null> {
  const url = new URL(cashier)
  const answer = await askGateways(sandbox, new Request(new URL(`${url.pathname}/pay`, url), { method: 'POST' }))
  const location = answer.headers['location']
  const target = location === undefined ? null : new URL(location, sandbox.publicUrl)
  return target && target.origin !== new URL(sandbox.publicUrl).origin ? target.href : null
}

async function browse(sandbox: BuiltSandbox, url: string, form?: URLSearchParams): Promise<Arrival | null> {
  let at = url
  let request = new Request(at, form ? { method: 'POST', body: form } : {})
  for (let hops = 0; hops < REDIRECTS; hops++) {
    const answer = await askGateways(sandbox, request)
    const location = answer.headers['location']
    if (location === undefined) return { url: at, answer }
    at = new URL(location, at).href
    if (new URL(at).origin !== new URL(sandbox.publicUrl).origin) return null
    request = new Request(at)
  }
  return null
}
