import { check, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { ORDER_MAIL_KINDS } from '#lib/mail/order-mail.ts'
import { instant, isOneOf } from '../columns.ts'
import { orders } from '../orders/schema.ts'

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
