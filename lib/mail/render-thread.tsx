import { parentPort } from 'node:worker_threads'
import { render, toPlainText } from '@react-email/render'
import type { OrderMail, RenderedMail } from './order-mail.ts'
import { OrderMailSheet } from './templates/order-mail-sheet.tsx'
import { orderMailWords } from './templates/order-mail-words.ts'

export async function renderOrderMail(mail: OrderMail): Promise<RenderedMail> {
  const words = orderMailWords(mail)
  const html = await render(<OrderMailSheet mail={mail} words={words} />)
  return { subject: words.subject, html, text: toPlainText(html) }
}

parentPort?.on('message', async ({ id, mail }: { id: number; mail: OrderMail }) => {
  try {
    parentPort?.postMessage({ id, rendered: await renderOrderMail(mail) })
  } catch (error) {
    parentPort?.postMessage({ id, error: String(error) })
  }
})
