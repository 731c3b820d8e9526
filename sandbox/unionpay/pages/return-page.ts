import { languageOf } from '../../cashier/language.ts'
import { markup } from '../../cashier/markup.ts'
import { page } from '../../cashier/page.ts'
import { readCharset } from '../../http/charset.ts'
import type { Answer, Incoming } from '../../http/messages.ts'
import { resultFields } from '../notification.ts'
import type { UnionpayRoom } from '../room.ts'
import { signMessage } from '../sign-message.ts'
import type { Transaction } from '../transactions.ts'
import { CASHIER_TEXTS } from './cashier-texts.ts'

/** Posts the result, signed, to the shop through the buyer's browser: by itself, or by the button where no script runs. */
export function returnPage(room: UnionpayRoom, incoming: Incoming, payment: Transaction): Answer {
  const language = languageOf(incoming)
  const texts = CASHIER_TEXTS[language]
  const charset = readCharset(payment.terms.encoding) ?? 'utf-8'
  const { fields } = signMessage(room, resultFields(room, payment), { charset, struck: new Map() })
  const answer = page({
    language,
    title: texts.paid,
    kind: 'till',
    tone: 'unionpay',
    script: '/assets/auto-post.js',
    content: markup`<h1>${texts.paid}</h1>
<p class="note">${texts.returning}</p>
<form method="post" action="${payment.terms.frontUrl}" accept-charset="${charset}" class="choices">
${fields.map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`)}
<button class="primary">${texts.toShop}</button>
</form>`,
  })
  return { ...answer, headers: { ...answer.headers, ...MAY_POST_BY_ITSELF } }
}

/** The shop sees from where the buyer comes, as it would from the real cashier. */
const MAY_POST_BY_ITSELF = {
  'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'",
  'referrer-policy': 'origin',
}
