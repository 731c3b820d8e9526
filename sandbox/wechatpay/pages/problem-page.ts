import { type Language, languageOf } from '../../cashier/language.ts'
import { markup } from '../../cashier/markup.ts'
import { page } from '../../cashier/page.ts'
import type { Answer, Incoming } from '../../http/messages.ts'
import { PAY_TEXTS } from './pay-texts.ts'

export function unknownPage(incoming: Incoming): Answer {
  const language = languageOf(incoming)
  const texts = PAY_TEXTS[language]
  return problemPage(incoming, texts.unknownTitle, texts.unknown, '')
}

type OauthProblem = 'app' | 'address' | 'scope' | 'state'

const OAUTH_TITLE: Record<Language, string> = {
  en: 'WeChat cannot open this page',
  fr: 'WeChat ne peut pas ouvrir cette page',
  zh: '无法打开该页面',
}

/** As the WeChat app puts it, with its numbers. */
const OAUTH_WORDS: Record<OauthProblem, string> = {
  app: 'AppID 参数错误 (10002)',
  address: 'redirect_uri 参数错误 (10003)',
  scope: 'Scope 参数错误或没有 Scope 权限 (10005)',
  state: 'state 参数错误 (10010)',
}

/** The redirect that asks who the visitor is was not made as it must be. */
export const oauthProblemPage = (incoming: Incoming, found: OauthProblem): Answer =>
  problemPage(incoming, OAUTH_TITLE[languageOf(incoming)], OAUTH_WORDS[found], incoming.query, 400)

function problemPage(incoming: Incoming, title: string, words: string, code: string, status = 404): Answer {
  return page({
    language: languageOf(incoming),
    title,
    kind: 'till',
    tone: 'wechat',
    address: incoming,
    status,
    content: markup`<h1>${title}</h1>
<div class="says"><p>${words}</p></div>
${code === '' ? null : markup`<p class="code">${code}</p>`}`,
  })
}
