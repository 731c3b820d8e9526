import 'server-only'
import { env } from '../env.ts'
import { startMailRenderer } from '../mail/mail-renderer.ts'
import { connectMail } from '../mail/send-mail.ts'

const start = () => ({ ...startMailRenderer(), ...connectMail({ smtpUrl: env.MAIL_URL, from: env.MAIL_FROM }) })

let sender: ReturnType<typeof start> | undefined

/** One renderer and one connection to a worker, made with its first mail. */
export function mailSender() {
  sender ??= start()
  return sender
}
