import { z } from 'zod'
import type { MailChoices } from '../domain/mail-topics.ts'

const Ticked = z.literal('yes').optional()

/** The ticks of a form that shows all topics: what is not ticked is not sent. */
export const MailChoiceFields = { reminder: Ticked, delivered: Ticked, review: Ticked }

export const readChoices = ({
  reminder,
  delivered,
  review,
}: { readonly [topic in keyof MailChoices]?: 'yes' | undefined }): MailChoices => ({
  reminder: reminder === 'yes',
  delivered: delivered === 'yes',
  review: review === 'yes',
})
