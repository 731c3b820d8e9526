import 'server-only'
import { env } from '../env.ts'
import { connectMail } from '../mail/send-mail.ts'
import type { Operator } from './tell-operator.ts'

let operator: Operator | undefined

/** Who is told of incidents, by the settings; mail is connected when it is first asked for. */
export function operatorOfShop(): Operator {
  const { OPERATOR_WEBHOOK_URL: url, OPERATOR_WEBHOOK_SECRET: secret } = env
  operator ??= {
    mail: env.OPERATOR_MAIL ?? null,
    webhook: url && secret ? { url, secret } : null,
    publicUrl: env.PUBLIC_URL,
    send: connectMail({ smtpUrl: env.MAIL_URL, from: env.MAIL_FROM }).send,
  }
  return operator
}
