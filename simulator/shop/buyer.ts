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

/** How a gateway sends the buyer back to the shop: by an address, or by a form that sends itself. */
export type WayBack = { readonly url: URL; readonly form: string }

/** What the pages ask for: the card that their own test page names. The others take no notice. */
const CARD = { card: '6216261000000000018', phone: '13552535506', code: '111111' }

/** Presses “pay” there. @returns where the gateway sends the buyer back to, null when it sends them nowhere. */
export async function payThere(sandbox: BuiltSandbox, cashier: string): Promise<WayBack | null> {
  const url = new URL(cashier)
  const paying = new Request(new URL(`${url.pathname}/pay`, url), { method: 'POST', body: new URLSearchParams(CARD) })
  const { headers } = await askGateways(sandbox, paying)
  const location = headers['location']
  if (location === undefined) return null
  const next = new URL(location, sandbox.publicUrl)
  if (next.origin !== new URL(sandbox.publicUrl).origin) return { url: next, form: '' }
  const page = await browse(sandbox, next.href)
  return page && readForm(page.answer.body.toString())
}

const MARKUP: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const plain = (text: string) => text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => MARKUP[name] ?? '')

/** The form of a page that leads out of the gateway, filled in as it came. */
function readForm(page: string): WayBack | null {
  const action = /<form method="post" action="(https:[^"]+)"/.exec(page)?.[1]
  if (!action) return null
  const fields = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)
  const form = new URLSearchParams([...fields].map(([, name = '', value = '']) => [plain(name), plain(value)]))
  return { url: new URL(plain(action)), form: form.toString() }
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
