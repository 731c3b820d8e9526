import { type Language, languageOf } from '../../cashier/language.ts'
import { type Markup, markup } from '../../cashier/markup.ts'
import { page } from '../../cashier/page.ts'
import type { Answer, Incoming } from '../../http/messages.ts'
import { showYuan } from '../../money.ts'
import { shanghaiTime } from '../../shanghai-time.ts'
import { BUYER, balanceOf } from '../accounts.ts'
import type { AlipayRoom } from '../room.ts'
import { signedReturnUrl } from '../signed-form.ts'
import type { Trade } from '../trades.ts'
import type { Visit } from '../visits.ts'
import { CASHIER_TEXTS } from './cashier-texts.ts'

export type Hitch = 'declined' | 'balance_too_low' | 'not_payable'

/** The page on which a buyer looks at the order and pays it; once it is paid or closed it says so. */
export function cashierPage(
  room: AlipayRoom,
  incoming: Incoming,
  { visit, trade, hitch }: { visit: Visit; trade: Trade; hitch: Hitch | null },
): Answer {
  const language = languageOf(incoming)
  const texts = CASHIER_TEXTS[language]
  return page({
    language,
    title: visit.channel === 'qr' ? texts.phoneTitle : texts.title,
    kind: 'till',
    address: incoming,
    content: markup`<h1>${visit.channel === 'qr' ? texts.phoneTitle : texts.title}</h1>
${hitch && trade.status === 'WAIT_BUYER_PAY' ? hitchNote(hitch, language) : null}
${stateNote(trade, visit, language)}
<p class="note">${texts.payTo}</p>
<p class="amount">${showYuan(trade.total)}</p>
${orderFacts(room, trade, language)}
${trade.status === 'WAIT_BUYER_PAY' ? payChoices(visit, trade, language) : backLink(room, visit, trade, language)}`,
  })
}

function hitchNote(hitch: Hitch, language: Language): Markup {
  const texts = CASHIER_TEXTS[language]
  const words = { declined: texts.declined, balance_too_low: texts.balanceTooLow, not_payable: texts.notPayable }
  return markup`<div class="says" role="alert"><p>${words[hitch]}</p></div>`
}

function stateNote(trade: Trade, visit: Visit, language: Language): Markup | null {
  const texts = CASHIER_TEXTS[language]
  if (trade.status === 'WAIT_BUYER_PAY') return null
  if (trade.status === 'TRADE_CLOSED')
    return markup`<div class="says" role="status"><p>${trade.paidAt === null ? texts.closed : texts.refunded}</p></div>`
  return markup`<div class="says good" role="status"><p>${visit.channel === 'qr' ? texts.paidPhone : texts.paid}</p></div>`
}

function orderFacts(room: AlipayRoom, trade: Trade, language: Language): Markup {
  const texts = CASHIER_TEXTS[language]
  const rows: [string, string][] = [
    [texts.merchant, texts.merchantName],
    [texts.item, trade.subject],
    [texts.orderNumber, trade.outTradeNo],
    [texts.account, BUYER.logonId],
    [texts.balance, showYuan(balanceOf(room, 'buyer'))],
    [texts.payBefore, `${shanghaiTime(trade.expiresAt).slice(0, 16)} ${texts.beijingTime}`],
  ]
  return markup`<dl class="facts">${rows.map(([term, value]) => markup`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`
}

function payChoices(visit: Visit, trade: Trade, language: Language): Markup {
  const texts = CASHIER_TEXTS[language]
  const action = (verb: string) => `/cashier/${visit.token}/${verb}?lang=${language}`
  const back = trade.quitUrl ?? trade.returnUrl
  return markup`<div class="choices">
<form method="post" action="${action('pay')}"><button class="primary" name="pay" value="1">${texts.pay} ${showYuan(trade.total)}</button></form>
<div class="${back ? 'pair' : 'choices'}">
<form method="post" action="${action('decline')}"><button>${texts.decline}</button></form>
${back ? markup`<a class="button" href="${back}">${texts.back}</a>` : null}
</div>
</div>`
}

function backLink(room: AlipayRoom, visit: Visit, trade: Trade, language: Language): Markup | null {
  const href = returnAddress(room, visit, trade)
  if (!href) return null
  return markup`<div class="choices"><a class="button primary" href="${href}">${CASHIER_TEXTS[language].toShop}</a></div>`
}

/** Signed when there is a payment to tell of; a code on a phone leads nowhere, the shop is on another screen. */
export function returnAddress(room: AlipayRoom, visit: Visit, trade: Trade): string | null {
  if (visit.channel === 'qr' || !trade.returnUrl) return null
  if (trade.paidAt === null) return trade.quitUrl ?? trade.returnUrl
  return signedReturnUrl(room, { ...trade, returnUrl: trade.returnUrl }, `alipay.trade.${visit.channel}.pay`)
}
