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

const H5_TITLE: Record<Language, string> = {
  en: 'WeChat Pay cannot start',
  fr: 'WeChat Pay ne peut pas démarrer',
  zh: '无法发起微信支付',
}

/** In WeChat Pay's own words, and in ours what they mean. */
const H5_WORDS = {
  format: ['商家参数格式有误，请联系商家解决', 'No such order, or the page was opened without a referrer.'],
  host: ['商家存在未配置的参数，请联系商家解决', 'The referrer or redirect_url is not on the merchant’s own host.'],
  expired: ['支付请求已失效，请重新发起支付', 'The address is good for five minutes.'],
  inside: ['请在微信外打开订单，进行支付', 'Inside WeChat one pays by JSAPI.'],
} as const

/** The browser may not go on from here to the app. */
export function h5ProblemPage(incoming: Incoming, found: keyof typeof H5_WORDS): Answer {
  const [words, meaning] = H5_WORDS[found]
  return problemPage(incoming, H5_TITLE[languageOf(incoming)], words, meaning, 403)
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
