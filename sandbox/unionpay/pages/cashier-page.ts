import { type Language, languageOf } from '../../cashier/language.ts'
import { type Markup, markup } from '../../cashier/markup.ts'
import { page } from '../../cashier/page.ts'
import type { Answer, Incoming } from '../../http/messages.ts'
import { showYuan } from '../../money.ts'
import { shanghaiTime } from '../../shanghai-time.ts'
import type { Transaction } from '../transactions.ts'
import { cardForm } from './card-form.ts'
import { CASHIER_TEXTS } from './cashier-texts.ts'

/** The page on which a buyer looks at the order and pays it by card; once it is decided it says so. */
export function cashierPage(incoming: Incoming, payment: Transaction): Answer {
  const language = languageOf(incoming)
  const texts = CASHIER_TEXTS[language]
  return page({
    language,
    title: texts.title,
    kind: 'till',
    tone: 'unionpay',
    address: incoming,
    content: markup`<h1>${texts.title}</h1>
${stateNote(payment, incoming, language)}
<p class="note">${texts.payTo}</p>
<p class="amount">${showYuan(payment.amount)}</p>
${orderFacts(payment, language)}
${payment.status === 'open' ? cardForm(payment, incoming, language) : onwards(payment, language)}`,
  })
}

function stateNote(payment: Transaction, incoming: Incoming, language: Language): Markup | null {
  const texts = CASHIER_TEXTS[language]
  switch (payment.status) {
    case 'open': {
      const refusal = new URLSearchParams(incoming.query).get('refused')
      if (refusal === null) return null
      const words = Object.entries(texts.refusals).find(([code]) => code === refusal)?.[1] ?? texts.refused
      return markup`<div class="says" role="alert"><p>${words}</p></div>`
    }
    case 'succeeded':
      return markup`<div class="says good" role="status"><p>${texts.paid}</p></div>`
    default:
      return markup`<div class="says" role="status"><p>${texts[payment.status]}</p></div>`
  }
}

function orderFacts(payment: Transaction, language: Language): Markup {
  const texts = CASHIER_TEXTS[language]
  const rows: [string, string | null][] = [
    [texts.merchant, texts.merchantName],
    [texts.item, payment.terms.subject],
    [texts.orderNumber, payment.orderId],
    [texts.payBefore, deadlineOf(payment, language)],
  ]
  return markup`<dl class="facts">${rows
    .filter(([, value]) => value !== null)
    .map(([term, value]) => markup`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`
}

/** Of no interest once it is decided. */
function deadlineOf({ status, expiresAt }: Transaction, language: Language): string | null {
  if (status !== 'open' || expiresAt === null) return null
  return `${shanghaiTime(expiresAt).slice(0, 16)} ${CASHIER_TEXTS[language].beijingTime}`
}

/** Where a buyer can go from a payment that is decided, or that a bank is still deciding. */
function onwards({ status, token, terms }: Transaction, language: Language): Markup {
  const texts = CASHIER_TEXTS[language]
  if (status === 'succeeded')
    return markup`<div class="choices"><a class="button primary" href="/unionpay/${token}/return?lang=${language}">${texts.toShop}</a></div>`
  const again = markup`<a class="button primary" href="/unionpay/${token}?lang=${language}">${texts.lookAgain}</a>`
  return markup`<div class="choices">
${status === 'pending' ? again : null}
<a class="button" href="${terms.frontFailUrl ?? terms.frontUrl}">${texts.toShop}</a>
</div>`
}
