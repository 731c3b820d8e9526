import { boolean, check, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { MAIL_TOPICS } from '#lib/domain/mail-topics.ts'
import { ORDER_MAIL_KINDS } from '#lib/mail/order-mail.ts'
import { bytea, instant, isOneOf } from '../columns.ts'
import { orders } from '../orders/schema.ts'

/**
 * What somebody chose to be written of; no row means yes. Kept by the SHA-256 of the address and not by account, so that
 * guests can choose too, and that a no outlives the account it was said in without naming anybody.
 */
export const mailChoices = pgTable(
  'mail_choices',
  {
    emailHash: bytea().notNull(),
    topic: text({ enum: MAIL_TOPICS }).notNull(),
    wanted: boolean().notNull(),
    chosenBy: text({ enum: ['account', 'link'] }).notNull(),
    chosenAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.emailHash, t.topic] }),
    check('mail_choices_topic', isOneOf(t.topic, MAIL_TOPICS)),
    check('mail_choices_chosen_by', isOneOf(t.chosenBy, ['account', 'link'])),
  ],
)

/**
 * The mails of an order, each kind once, or once for each refund that it is `about`: the primary key is what keeps a job
 * that runs twice from writing twice.
 * A row without `sent_at` was begun; the next try sends it under the same message id, so that a mail which did go out
 * before a crash is one mail to the reader's program.
 */
export const orderMails = pgTable(
  'order_mails',
  {
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    kind: text({ enum: ORDER_MAIL_KINDS }).notNull(),
    /** The id of a refund; empty for mails about the order itself. */
    about: text().notNull().default(''),
    messageId: text().notNull().unique(),
    begunAt: instant().notNull(),
    sentAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.kind, t.about] }),
    check('order_mails_kind', isOneOf(t.kind, ORDER_MAIL_KINDS)),
  ],
)
