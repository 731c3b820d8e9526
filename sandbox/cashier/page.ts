import { type Answer, html } from '../http/messages.ts'
import { LANGUAGES, type Language } from './language.ts'
import { type Markup, markup } from './markup.ts'

interface PageOptions {
  readonly language: Language
  readonly title: string
  /** `till` is narrow, for paying; `phone` as narrow, for what a phone does; `desk` is wide, for tables. */
  readonly kind: 'till' | 'phone' | 'desk'
  /** Whose page it looks like; the sandbox's own when it is absent. */
  readonly tone?: 'wechat' | 'unionpay'
  /** Where this page is, so that it can be had in the other languages; absent when it has one only. */
  readonly address?: PageAddress
  /** The answer's policy must allow it. */
  readonly script?: string
  readonly content: Markup
  readonly status?: number
}

interface PageAddress {
  readonly path: string
  readonly query: string
}

const CHROME = {
  en: { lang: 'en', name: 'English', sandbox: 'Sandbox · no real money', languages: 'Language' },
  fr: { lang: 'fr', name: 'Français', sandbox: 'Bac à sable · aucun argent réel', languages: 'Langue' },
  zh: { lang: 'zh-CN', name: '中文', sandbox: '沙箱环境 · 非真实付款', languages: '语言' },
} as const

const OWN_STYLES: Record<PageOptions['kind'], string | null> = {
  till: null,
  phone: '/assets/phone.css',
  desk: '/assets/switchboard.css',
}

/** A whole page of the sandbox, which says on top that it is one. */
export function page(options: PageOptions): Answer {
  const { language, title, kind, tone, address, script, content, status = 200 } = options
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
${OWN_STYLES[kind] ? markup`<link rel="stylesheet" href="${OWN_STYLES[kind]}">` : null}
${tone === 'unionpay' ? markup`<link rel="stylesheet" href="/assets/card-form.css">` : null}
${script ? markup`<script src="${script}" defer></script>` : null}
</head>
<body class="${tone ? `${kind} ${tone}` : kind}">
<header class="bar"><p>${chrome.sandbox}</p>${address ? languageLinks(language, address) : null}</header>
<main>
${content}
</main>
</body>
</html>`.html,
    status,
  )
}

function languageLinks(language: Language, { path, query }: PageAddress): Markup {
  const links = LANGUAGES.filter((other) => other !== language).map((other) => {
    const search = new URLSearchParams(query)
    search.set('lang', other)
    const { lang, name } = CHROME[other]
    return markup`<a href="${path}?${search.toString()}" lang="${lang}" hreflang="${lang}">${name}</a>`
  })
  return markup`<nav aria-label="${CHROME[language].languages}">${links}</nav>`
}
