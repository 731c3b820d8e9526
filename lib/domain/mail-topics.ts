/**
 * Mails that somebody may do without: that an unpaid order is kept a little longer, that a parcel has arrived, and the
 * question what they think of it. All others tell of an order, money, a parcel that left or an answer that is awaited,
 * and always go. Advertising is no topic: the shop sends none.
 */
export const MAIL_TOPICS = ['reminder', 'delivered', 'review'] as const
export type MailTopic = (typeof MAIL_TOPICS)[number]

/** What somebody wants of each topic; who never chose wants all of them. */
export type MailChoices = Readonly<Record<MailTopic, boolean>>
export const EVERY_MAIL: MailChoices = { reminder: true, delivered: true, review: true }
