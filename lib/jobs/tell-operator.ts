import 'server-only'
import { z } from 'zod'
import { env } from '../env.ts'
import { connectMail } from '../mail/send-mail.ts'
import { tellOperator } from '../watch/tell-operator.ts'
import { defineJob } from './job.ts'

let mail: ReturnType<typeof connectMail> | undefined

/** Tells the operator that an incident was opened. */
export const tellOperatorJob = defineJob({
  name: 'tell-operator',
  data: z.object({ incidentId: z.uuid(), channel: z.enum(['mail', 'webhook']) }),
  run: async (told, { now }) => {
    mail ??= connectMail({ smtpUrl: env.MAIL_URL, from: env.MAIL_FROM })
    const { OPERATOR_WEBHOOK_URL: url, OPERATOR_WEBHOOK_SECRET: secret } = env
    const webhook = url && secret ? { url, secret } : null
    const operator = { mail: env.OPERATOR_MAIL ?? null, webhook, publicUrl: env.PUBLIC_URL, send: mail.send }
    return { ...told, outcome: await tellOperator(told, operator, now) }
  },
})
