import { languageOf } from '../../cashier/language.ts'
import { markup } from '../../cashier/markup.ts'
import { page } from '../../cashier/page.ts'
import type { Answer, Incoming } from '../../http/messages.ts'
import { type Outcome, respMsg } from '../response-codes.ts'
import { CASHIER_TEXTS } from './cashier-texts.ts'

/** What a browser is shown when the gateway refuses the order that it brought. */
export function problemPage(incoming: Incoming, { code, detail }: Outcome): Answer {
  const language = languageOf(incoming)
  const texts = CASHIER_TEXTS[language]
  return page({
    language,
    title: texts.problemTitle,
    kind: 'till',
    tone: 'unionpay',
    content: markup`<h1>${texts.problemTitle}</h1>
<div class="says"><p lang="zh-CN">${respMsg(code, detail)}</p></div>
<p class="code">respCode ${code}</p>`,
  })
}

export function unknownPage(incoming: Incoming): Answer {
  const language = languageOf(incoming)
  const texts = CASHIER_TEXTS[language]
  return page({
    language,
    title: texts.unknownTitle,
    kind: 'till',
    tone: 'unionpay',
    address: incoming,
    status: 404,
    content: markup`<h1>${texts.unknownTitle}</h1><p class="note">${texts.unknown}</p>`,
  })
}
