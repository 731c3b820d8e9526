import type { Gateway } from '../gateway-port.ts'
import { type Answer, type Incoming, seeOther } from '../http/messages.ts'
import { showYuan } from '../money.ts'
import { type Language, languageOf } from './language.ts'
import { type Markup, markup } from './markup.ts'
import { page } from './page.ts'

const TEXTS = {
  en: {
    title: 'Sandbox phone',
    byHand: 'Any other code',
    says: 'Paste what it says, or the address that it holds.',
    label: 'Code',
    open: 'Scan',
    unknown: 'No gateway of this sandbox knows that code.',
    waiting: 'Codes on the screens around',
    wechat: 'Inside WeChat',
    wechatSays: 'Opens a page of the shop in the browser of the WeChat app, where one pays without leaving it.',
    address: 'Address of the page',
    openPage: 'Open in WeChat',
    elsewhere: 'Only a shop on this machine can be opened, such as http://localhost:3000/.',
  },
  fr: {
    title: 'Téléphone du bac à sable',
    byHand: 'Un autre code',
    says: 'Collez son contenu ou l’adresse qu’il porte.',
    label: 'Code',
    open: 'Scanner',
    unknown: 'Aucune passerelle de ce bac à sable ne connaît ce code.',
    waiting: 'Codes affichés aux alentours',
    wechat: 'Dans WeChat',
    wechatSays:
      'Ouvre une page de la boutique dans le navigateur de l’application WeChat, où l’on paie sans en sortir.',
    address: 'Adresse de la page',
    openPage: 'Ouvrir dans WeChat',
    elsewhere: 'Seule une boutique de cette machine peut être ouverte, par exemple http://localhost:3000/.',
  },
  zh: {
    title: '沙箱手机',
    byHand: '其他二维码',
    says: '粘贴二维码内容或其中的链接。',
    label: '二维码内容',
    open: '扫码',
    unknown: '本沙箱的任何网关都不认识该二维码。',
    waiting: '周围屏幕上的二维码',
    wechat: '在微信内',
    wechatSays: '在微信内置浏览器中打开商城页面，无需离开即可付款。',
    address: '页面地址',
    openPage: '在微信中打开',
    elsewhere: '只能打开本机上的商城，例如 http://localhost:3000/。',
  },
} as const

/** `/phone` reads a code with any gateway that knows it and goes on to its cashier; `/qr/<token>` is a code opened as a link. */
export function answerPhone(gateways: readonly Gateway[], incoming: Incoming): Answer | null {
  const language = languageOf(incoming)
  if (incoming.path.startsWith('/qr/')) return scan(gateways, incoming.path.slice('/qr/'.length), language)
  if (incoming.path !== '/phone') return null
  const query = new URLSearchParams(incoming.query)
  const page = query.get('open')
  const code = query.get('qr')
  if (page) return openInApp(gateways, page, language)
  return code ? scan(gateways, code, language) : phonePage(gateways, language, {})
}

function scan(gateways: readonly Gateway[], code: string, language: Language): Answer {
  for (const gateway of gateways) {
    const path = gateway.cashierOfCode(code)
    if (path) return seeOther(`${path}?lang=${language}`)
  }
  return phonePage(gateways, language, { code })
}

function openInApp(gateways: readonly Gateway[], address: string, language: Language): Answer {
  const inApp = gateways.map((gateway) => gateway.addressInApp?.(address)).find((found) => found)
  return inApp ? seeOther(inApp) : phonePage(gateways, language, { address })
}

/** What could not be read as a code, or opened as an address. */
interface Wrong {
  readonly code?: string
  readonly address?: string
}

function phonePage(gateways: readonly Gateway[], language: Language, { code, address }: Wrong): Answer {
  const complaint = (text: string) => markup`<div class="says" role="alert"><p>${text}</p></div>`
  const texts = TEXTS[language]
  return page({
    language,
    title: texts.title,
    kind: 'phone',
    address: { path: '/phone', query: '' },
    status: code === undefined && address === undefined ? 200 : 404,
    content: markup`<h1>${texts.title}</h1>
${waitingList(gateways, language)}
<h2>${texts.byHand}</h2>
<p class="note">${texts.says}</p>
${code === undefined ? null : complaint(texts.unknown)}
<form action="/phone">
<input type="hidden" name="lang" value="${language}">
<p><label for="qr">${texts.label}</label><input id="qr" name="qr" value="${code ?? ''}" required autocomplete="off"></p>
<button class="primary">${texts.open}</button>
</form>
<h2>${texts.wechat}</h2>
<p class="note">${texts.wechatSays}</p>
${address === undefined ? null : complaint(texts.elsewhere)}
<form action="/phone">
<input type="hidden" name="lang" value="${language}">
<p><label for="open">${texts.address}</label><input id="open" name="open" type="url" value="${address ?? ''}" required autocomplete="off"></p>
<button>${texts.openPage}</button>
</form>`,
  })
}

const WAITING_SHOWN = 5

/** A camera would see them; here they are listed, so that one need not read a picture. */
function waitingList(gateways: readonly Gateway[], language: Language): Markup | null {
  const codes = gateways.flatMap((gateway) => gateway.waitingCodes?.(WAITING_SHOWN) ?? [])
  if (codes.length === 0) return null
  return markup`<h2>${TEXTS[language].waiting}</h2>
<ul class="waiting">${codes.map(
    ({ text, target, total }) =>
      markup`<li><a href="/phone?${new URLSearchParams({ lang: language, qr: text }).toString()}">${showYuan(total)}<span class="note">${target}</span></a></li>`,
  )}</ul>`
}
