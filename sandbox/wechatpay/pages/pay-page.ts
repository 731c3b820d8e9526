import { type Language, languageOf } from '../../cashier/language.ts'
import { type Markup, markup } from '../../cashier/markup.ts'
import { page } from '../../cashier/page.ts'
import type { Answer, Incoming } from '../../http/messages.ts'
import { showYuan } from '../../money.ts'
import { shanghaiTime } from '../../shanghai-time.ts'
import { balanceOf } from '../funds.ts'
import type { Prepay } from '../prepays.ts'
import type { WechatPayRoom } from '../room.ts'
import type { Trade } from '../trades.ts'
import { PAY_TEXTS } from './pay-texts.ts'

export type Hitch = 'declined' | 'balance_too_low' | 'not_payable' | 'too_late' | 'other_payer'

/** How the buyer came here, and so where he goes afterwards. */
export type Way =
  | { readonly kind: 'code' }
  | { readonly kind: 'h5'; readonly back: string }
  | { readonly kind: 'sheet' }

/** What of the address must last from page to page. */
export function payQuery(way: Way, language: Language, says: Record<string, string> = {}): string {
  const kept = way.kind === 'h5' ? { back: way.back } : way.kind === 'sheet' ? { sheet: '1' } : {}
  return new URLSearchParams({ lang: language, ...kept, ...says }).toString()
}

interface Shown {
  readonly way: Way
  readonly prepay: Prepay
  readonly trade: Trade
  readonly hitch: Hitch | null
}

/** What the phone shows after scanning: whom to pay and how much, one button; afterwards what became of it. */
export function payPage(room: WechatPayRoom, incoming: Incoming, shown: Shown): Answer {
  const language = languageOf(incoming)
  const texts = PAY_TEXTS[language]
  const { prepay, trade } = shown
  const isOpen = trade.status === 'NOTPAY' && Math.min(prepay.expiresAt, trade.payBefore) > room.clock.now()
  return page({
    language,
    title: texts.title,
    kind: 'till',
    tone: 'wechat',
    address: incoming,
    content: markup`<h1>${texts.title}</h1>
${isOpen ? hitchNote(shown.hitch, language) : stateNote(trade, language)}
<p class="note">${texts.payTo}</p>
<p class="amount">${showYuan(trade.total)}</p>
${orderFacts(room, trade, language)}
${isOpen ? payChoices(shown, language) : wayBack(shown, language)}`,
  })
}

function hitchNote(hitch: Hitch | null, language: Language): Markup | null {
  if (!hitch) return null
  const texts = PAY_TEXTS[language]
  const words: Record<Hitch, string> = {
    declined: texts.declined,
    balance_too_low: texts.balanceTooLow,
    not_payable: texts.notPayable,
    too_late: texts.tooLate,
    other_payer: texts.otherPayer,
  }
  return markup`<div class="says" role="alert"><p>${words[hitch]}</p></div>`
}

function stateNote({ status, tradeType }: Trade, language: Language): Markup {
  const texts = PAY_TEXTS[language]
  const says = (text: string) => markup`<div class="says" role="status"><p>${text}</p></div>`
  switch (status) {
    case 'SUCCESS':
      return markup`<div class="says good" role="status"><p>${texts.paid}${tradeType === 'NATIVE' ? markup`. ${texts.paidElsewhere}` : null}</p></div>`
    case 'REFUND':
      return says(texts.refunded)
    case 'CLOSED':
      return says(texts.closed)
    case 'PAYERROR':
      return says(texts.failed)
    case 'NOTPAY':
      return says(texts.expired)
  }
}

function orderFacts(room: WechatPayRoom, trade: Trade, language: Language): Markup {
  const texts = PAY_TEXTS[language]
  const rows: [string, string][] = [
    [texts.item, trade.description],
    [texts.orderNumber, trade.outTradeNo],
    [texts.method, `${texts.balance} · ${showYuan(balanceOf(room, 'buyer'))}`],
    [texts.payBefore, `${shanghaiTime(trade.payBefore).slice(0, 16)} ${texts.beijingTime}`],
  ]
  return markup`<dl class="facts">${rows.map(([term, value]) => markup`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`
}

function payChoices({ prepay, trade, way }: Shown, language: Language): Markup {
  const texts = PAY_TEXTS[language]
  const action = (verb: string) => `/wechat/pay/${prepay.token}/${verb}?${payQuery(way, language)}`
  const decline = markup`<form method="post" action="${action('decline')}"><button>${texts.decline}</button></form>`
  const cancel = markup`<form method="post" action="${action('cancel')}"><button>${texts.cancel}</button></form>`
  return markup`<div class="choices">
<form method="post" action="${action('pay')}"><button class="primary" name="pay" value="1">${texts.pay} ${showYuan(trade.total)}</button></form>
${way.kind === 'code' ? decline : markup`<div class="pair">${[decline, cancel]}</div>`}
</div>`
}

/** Where there is a page that waits. */
function wayBack({ prepay, way }: Shown, language: Language): Markup | null {
  const texts = PAY_TEXTS[language]
  if (way.kind === 'h5')
    return markup`<div class="choices"><a class="button primary" href="${way.back}">${texts.back}</a></div>`
  if (way.kind === 'code') return null
  const action = `/wechat/pay/${prepay.token}/cancel?${payQuery(way, language)}`
  return markup`<form class="choices" method="post" action="${action}"><button class="primary">${texts.back}</button></form>`
}
