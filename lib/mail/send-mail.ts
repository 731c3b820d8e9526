import { createTransport } from 'nodemailer'
import type { RenderedMail } from './order-mail.ts'

export type MailSettings = {
  /** `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte. */
  readonly smtpUrl: string
  /** The sender as the reader sees it: `Comptoir <shop@example.com>`. */
  readonly from: string
}

/** @see RFC 8058: both together let a program unsubscribe with one POST, without opening a page. */
const unsubscribeHeaders = (url: string) => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

/**
 * Hands mails to an SMTP server. `send` throws when the server does not take the mail, so that the job tries again.
 * The message id is the caller's: a mail that was sent twice around a crash is one mail to the reader's program.
 */
export function connectMail({ smtpUrl, from }: MailSettings) {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 20_000,
  })
  return {
    /** @param unsubscribeUrl what a program that shows mails posts to when its reader wants no more of this kind. */
    send: async (
      to: string,
      messageId: string,
      { subject, html, text }: RenderedMail,
      unsubscribeUrl: string | null = null,
    ): Promise<void> => {
      const headers = unsubscribeUrl === null ? {} : unsubscribeHeaders(unsubscribeUrl)
      await transport.sendMail({ from, to, subject, html, text, headers, messageId: `<${messageId}>` })
    },
    close: () => transport.close(),
  }
}
