import type { Gateway } from '../gateway-port.ts'
import { type Answer, type Incoming, seeOther } from '../http/messages.ts'
import { type Language, languageOf } from './language.ts'
import { markup } from './markup.ts'
import { page } from './page.ts'

const TEXTS = {
  en: {
    title: 'Sandbox phone',
    says: 'Scan a payment code: paste what it says, or the address that it holds.',
    label: 'Code',
    open: 'Scan',
    unknown: 'No gateway of this sandbox knows that code.',
  },
  fr: {
    title: 'Téléphone du bac à sable',
    says: 'Scannez un code de paiement : collez son contenu ou l’adresse qu’il porte.',
    label: 'Code',
    open: 'Scanner',
    unknown: 'Aucune passerelle de ce bac à sable ne connaît ce code.',
  },
  zh: {
    title: '沙箱手机',
    says: '扫码付款：粘贴二维码内容或其中的链接。',
    label: '二维码内容',
    open: '扫码',
    unknown: '本沙箱的任何网关都不认识该二维码。',
  },
} as const

/** `/phone` reads a code with any gateway that knows it and goes on to its cashier; `/qr/<token>` is a code opened as a link. */
export function answerPhone(gateways: readonly Gateway[], incoming: Incoming): Answer | null {
  const language = languageOf(incoming)
  if (incoming.path.startsWith('/qr/')) return scan(gateways, incoming.path.slice('/qr/'.length), language)
  if (incoming.path !== '/phone') return null
  const code = new URLSearchParams(incoming.query).get('qr')
  return code ? scan(gateways, code, language) : phonePage(language, null)
}

function scan(gateways: readonly Gateway[], code: string, language: Language): Answer {
  for (const gateway of gateways) {
    const path = gateway.cashierOfCode(code)
    if (path) return seeOther(`${path}?lang=${language}`)
  }
  return phonePage(language, code)
}

function phonePage(language: Language, unknownCode: string | null): Answer {
  const texts = TEXTS[language]
  return page({
    language,
    title: texts.title,
    kind: 'till',
    address: { path: '/phone', query: '' },
    status: unknownCode === null ? 200 : 404,
    content: markup`<h1>${texts.title}</h1>
<p class="note">${texts.says}</p>
${unknownCode === null ? null : markup`<div class="says" role="alert"><p>${texts.unknown}</p></div>`}
<form action="/phone" class="choices">
<input type="hidden" name="lang" value="${language}">
<p><label for="qr">${texts.label}</label><input id="qr" name="qr" value="${unknownCode ?? ''}" required autocomplete="off"></p>
<button class="primary">${texts.open}</button>
</form>`,
  })
}
