import { type Answer, html } from '../http/messages.ts'
import type { Language } from './language.ts'
import { type Markup, markup } from './markup.ts'

interface PageOptions {
  readonly language: Language
  readonly title: string
  /** `till` is narrow, for paying; `desk` is wide, for tables. */
  readonly kind: 'till' | 'desk'
  /** Where the same page is to be had in the other language. */
  readonly otherLanguageHref?: string
  readonly content: Markup
  readonly status?: number
}

const CHROME = {
  en: { lang: 'en', sandbox: 'Sandbox · no real money', other: '中文', otherLang: 'zh-CN' },
  zh: { lang: 'zh-CN', sandbox: '沙箱环境 · 非真实付款', other: 'English', otherLang: 'en' },
} as const

/** A whole page of the sandbox, which says on top that it is one. */
export function page({ language, title, kind, otherLanguageHref, content, status = 200 }: PageOptions): Answer {
  const chrome = CHROME[language]
  return html(
    markup`<!doctype html>
<html lang="${chrome.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/sandbox.css">
${kind === 'desk' ? markup`<link rel="stylesheet" href="/assets/switchboard.css">` : null}
</head>
<body class="${kind}">
<header class="bar"><p>${chrome.sandbox}</p>${
      otherLanguageHref
        ? markup`<a href="${otherLanguageHref}" lang="${chrome.otherLang}" hreflang="${chrome.otherLang}">${chrome.other}</a>`
        : null
    }</header>
<main>
${content}
</main>
</body>
</html>`.html,
    status,
  )
}

/** The address of this page in the other language. */
export function inOtherLanguage(path: string, query: string, language: Language): string {
  const search = new URLSearchParams(query)
  search.set('lang', language === 'en' ? 'zh' : 'en')
  return `${path}?${search}`
}
