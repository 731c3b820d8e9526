import { parentPort } from 'node:worker_threads'
import { render, toPlainText } from '@react-email/render'
import type { AccountMail } from './account-mail.ts'
import type { OrderMail, RenderedMail } from './order-mail.ts'
import { AccountMailSheet } from './templates/account-mail-sheet.tsx'
import { accountMailWords } from './templates/account-mail-words.ts'
import { OrderMailSheet } from './templates/order-mail-sheet.tsx'
import { orderMailWords } from './templates/order-mail-words.ts'

async function renderMail(mail: OrderMail | AccountMail): Promise<RenderedMail> {
  if (!('order' in mail)) return renderAccountMail(mail)
  const words = orderMailWords(mail)
  const html = await render(<OrderMailSheet mail={mail} words={words} />)
  return { subject: words.subject, html, text: toPlainText(html) }
}

async function renderAccountMail(mail: AccountMail): Promise<RenderedMail> {
  const words = accountMailWords(mail)
  const html = await render(<AccountMailSheet mail={mail} words={words} />)
  return { subject: words.subject, html, text: toPlainText(html) }
}

parentPort?.on('message', async ({ id, mail }: { id: number; mail: OrderMail | AccountMail }) => {
  try {
    parentPort?.postMessage({ id, rendered: await renderMail(mail) })
  } catch (error) {
    parentPort?.postMessage({ id, error: String(error) })
  }
})
