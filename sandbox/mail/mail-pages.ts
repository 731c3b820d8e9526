import type { CaughtMail } from './mailbox.ts'

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#ddd4c6, #453f38); --muted: light-dark(#6f665c, #b5aa9c) }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem; font: 16px/1.5 system-ui, sans-serif;
  background: light-dark(#f6f1e8, #191614); color: light-dark(#2b2622, #ece5da) }
h1 { font: 400 2rem/1.2 Georgia, serif } a { color: inherit }
ol { list-style: none; padding: 0 } li { border-top: 1px solid var(--line); padding: .75rem 0 }
small { color: var(--muted); display: block } iframe { width: 100%; height: 70vh; border: 1px solid var(--line); background: #fff }
pre { white-space: pre-wrap; overflow-wrap: anywhere }`

const page = (title: string, body: string) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style>
<main>${body}</main></html>`

const heading = (mail: CaughtMail) =>
  `<small>${escapeHtml(mail.receivedAt)} · ${escapeHtml(mail.to.join(', '))}</small>`

export const mailListPage = (mails: readonly CaughtMail[]) =>
  page(
    'Caught mail',
    `<h1>Caught mail</h1>
<p>Nothing that the shop writes leaves this machine; it ends here.</p>
${mails.length === 0 ? '<p>No mail yet. Reload this page after you have placed an order.</p>' : ''}
<ol>${mails.map((mail) => `<li><a href="/mail/${mail.id}">${escapeHtml(mail.subject)}</a>${heading(mail)}</li>`).join('')}</ol>`,
  )

/** The HTML part stands in a sandboxed frame: it can follow its links in a new tab and do nothing else. */
export const mailPage = (mail: CaughtMail) =>
  page(
    mail.subject,
    `<p><a href="/">All mail</a></p><h1>${escapeHtml(mail.subject)}</h1>${heading(mail)}
<iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${escapeHtml(
      `<base target="_blank">${mail.html}`,
    )}"></iframe>
<h2>Plain text</h2><pre>${escapeHtml(mail.text)}</pre>`,
  )
