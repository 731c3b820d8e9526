import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { findAsset } from '../../cashier/assets.ts'
import { type Answer, type Incoming, plain } from '../../http/messages.ts'
import type { WechatPayRoom } from '../room.ts'
import { BRIDGE_PATH, bridgeScript } from './bridge.ts'
import { askToPay, JSAPI_PATH } from './jsapi.ts'

/** `3000.wechat.localhost:3100` is WeChat with the shop at `localhost:3000` open in it. */
const APP_HOST = /^(\d{2,5})\.wechat\.localhost(:\d+)?$/

const USER_AGENT =
  'Mozilla/5.0 (Linux; Android 14; SANDBOX) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.50.2701(0x28003237) Process/tools WeChat/arm64 NetType/WIFI Language/zh_CN ABI/arm64'

/**
 * The browser of the WeChat app, played under a host name of its own: pages of the shop come through with WeChat's name
 * in the request and the bridge in the page, and what they send on to WeChat stays inside. Null for any other host.
 * @param answerOwn the pages of WeChat itself
 */
export function answerAppBrowser(
  room: WechatPayRoom,
  incoming: Incoming,
  answerOwn: (incoming: Incoming) => Answer | null,
): Answer | Promise<Answer> | null {
  const { host = '', origin } = incoming.headers
  const port = Number(APP_HOST.exec(host)?.[1])
  if (!port) return null
  if (port > 65_535) return plain(404, 'no such port')
  if (incoming.path === BRIDGE_PATH) return bridgeScript
  if (incoming.path === JSAPI_PATH) return askToPay(room, incoming)
  const own = findAsset(incoming.path) ?? answerOwn(incoming)
  const place: Place = { own: `http://${host}`, port, inside: [`http://localhost:${port}`, room.publicUrl] }
  if (own) return stayInside(own, place)
  // A page elsewhere must not reach through us to what trusts its own origin.
  if (origin !== undefined && origin !== place.own) return plain(403, 'asked by another site')
  return openInApp(incoming, place)
}

/** The address under which a page of a shop on this machine is open inside WeChat; null when it is elsewhere. */
export function addressInApp(room: WechatPayRoom, address: string): string | null {
  if (!URL.canParse(address)) return null
  const { protocol, hostname, port, pathname, search } = new URL(address)
  if (protocol !== 'http:' || !/^(localhost|127\.0\.0\.1)$/.test(hostname)) return null
  return `http://${port || '80'}.wechat.localhost:${new URL(room.publicUrl).port || '80'}${pathname}${search}`
}

/** The names by which the visitor's own browser gives itself away. */
const withoutHints = ({ headers }: Incoming): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('sec-ch-')))

interface Place {
  /** The origin of the app, as the visitor's browser sees it. */
  readonly own: string
  /** The shop's, on this machine. */
  readonly port: number
  /** Origins that are open in the app. */
  readonly inside: readonly string[]
}

/** A redirect to the shop or to WeChat leads to where we are. */
function insideLocation(location: string, { own, inside }: Place): string {
  const origin = URL.canParse(location) ? new URL(location).origin : null
  return origin !== null && inside.includes(origin) ? own + location.slice(origin.length) : location
}

function stayInside(answer: Answer, place: Place): Answer {
  const { location } = answer.headers
  if (location === undefined) return answer
  return { ...answer, headers: { ...answer.headers, location: insideLocation(location, place) } }
}

async function openInApp(incoming: Incoming, place: Place): Promise<Answer> {
  const shop = `http://localhost:${place.port}`
  try {
    const response = await send(incoming, place.port, {
      ...withoutHints(incoming),
      host: `localhost:${place.port}`,
      'user-agent': USER_AGENT,
      'accept-encoding': 'identity',
      ...(incoming.headers.origin ? { origin: shop } : {}),
      ...(incoming.headers.referer ? { referer: incoming.headers.referer.replace(place.own, shop) } : {}),
    })
    const headers = relayedHeaders(response, place)
    const status = response.statusCode ?? 502
    const isPage = (response.headers['content-type'] ?? '').startsWith('text/html')
    if (!isPage) return { status, headers: {}, body: '', relayed: { headers, body: response } }
    const body = addBridge(await buffer(response), response.headers['content-security-policy'])
    return {
      status,
      headers: {},
      body,
      relayed: { headers: { ...headers, 'content-length': body.length }, body: null },
    }
  } catch {
    return plain(502, `No shop answers at ${shop}`)
  }
}

const send = (incoming: Incoming, port: number, headers: OutgoingHttpHeaders): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const path = incoming.query === '' ? incoming.path : `${incoming.path}?${incoming.query}`
    request({ host: '127.0.0.1', port, method: incoming.method, path, headers }, resolve)
      .on('error', reject)
      .end(incoming.body)
  })

const BETWEEN_TWO_HOSTS = ['connection', 'keep-alive', 'transfer-encoding', 'content-length']

function relayedHeaders(response: IncomingMessage, place: Place): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = { ...response.headers }
  for (const name of BETWEEN_TWO_HOSTS) delete headers[name]
  const { location } = response.headers
  if (location) headers['location'] = insideLocation(location, place)
  return headers
}

/** Before any script of the page, and under its own policy: the nonce is in the header. */
function addBridge(page: Buffer, policy: string | string[] | undefined): Buffer {
  const nonce = /'nonce-([^']+)'/.exec(String(policy ?? ''))?.[1]
  const tag = `<script src="${BRIDGE_PATH}"${nonce ? ` nonce="${nonce}"` : ''}></script>`
  return Buffer.from(page.toString('utf8').replace(/<head[^>]*>/, (head) => head + tag))
}
