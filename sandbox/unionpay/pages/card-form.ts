import type { Language } from '../../cashier/language.ts'
import { type Markup, markup } from '../../cashier/markup.ts'
import type { Incoming } from '../../http/messages.ts'
import { showYuan } from '../../money.ts'
import { FIRST_CARD, TEST_CARDS, TEST_CODE, TEST_PHONE } from '../test-cards.ts'
import type { Transaction } from '../transactions.ts'
import { CASHIER_TEXTS } from './cashier-texts.ts'

/** Filled in with a card that pays, or with the one that was just tried; the test cards below it fill in themselves. */
export function cardForm({ token, amount, terms }: Transaction, incoming: Incoming, language: Language): Markup {
  const texts = CASHIER_TEXTS[language]
  const asked = new URLSearchParams(incoming.query)
  const card = asked.get('card') ?? FIRST_CARD
  // A code that was refused is typed anew.
  const code = asked.get('refused') === '71' ? '' : TEST_CODE
  return markup`<form method="post" action="/unionpay/${token}/pay?lang=${language}" class="card">
<p><label for="card">${texts.card}</label><input id="card" name="card" value="${grouped(card)}" inputmode="numeric" autocomplete="off" maxlength="24" required></p>
<div class="pair">
<p><label for="phone">${texts.phone}</label><input id="phone" name="phone" type="tel" value="${TEST_PHONE}" autocomplete="off" maxlength="13" required></p>
<p><label for="code">${texts.code}</label><input id="code" name="code" value="${code}" inputmode="numeric" autocomplete="off" maxlength="6" required></p>
</div>
<div class="choices">
<button class="primary">${texts.pay} ${showYuan(amount)}</button>
<a class="button" href="${terms.frontFailUrl ?? terms.frontUrl}">${texts.back}</a>
</div>
</form>
<h2>${texts.testCards}</h2>
<p class="note">${texts.testCardsSay}</p>
<dl class="facts numbers">${Object.entries(TEST_CARDS).map(
    ([number, fate]) =>
      markup`<dt><a class="code" href="/unionpay/${token}?lang=${language}&card=${number}">${grouped(number)}</a></dt><dd>${texts.fates[fate]}</dd>`,
  )}</dl>`
}

/** In fours, as it stands on the card. */
const grouped = (cardNo: string): string => cardNo.replaceAll(/(.{4})(?=.)/g, '$1 ')
