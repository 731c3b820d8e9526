import 'server-only'
import { createHash } from 'node:crypto'
import { and, eq, not, sql } from 'drizzle-orm'
import { EVERY_MAIL, MAIL_TOPICS, type MailChoices, type MailTopic } from '#lib/domain/mail-topics.ts'
import { type DbOrTransaction, db } from '../client.ts'
import { mailChoices } from './schema.ts'

/** Where a choice was made: in the account, or by the link of a mail. */
export type ChosenBy = (typeof mailChoices.$inferSelect)['chosenBy']

const hashOf = (email: string): Buffer => createHash('sha256').update(email.toLowerCase()).digest()

/** What whoever reads this address wants to be written of. */
export async function readMailChoices(email: string): Promise<MailChoices> {
  const rows = await listMailChoices(email)
  return { ...EVERY_MAIL, ...Object.fromEntries(rows.map(({ topic, wanted }) => [topic, wanted])) }
}

/** Each choice that was made for this address, with when and where; none for a topic that nobody touched. */
export const listMailChoices = (email: string) =>
  db
    .select({
      topic: mailChoices.topic,
      wanted: mailChoices.wanted,
      chosenAt: mailChoices.chosenAt,
      chosenBy: mailChoices.chosenBy,
    })
    .from(mailChoices)
    .where(eq(mailChoices.emailHash, hashOf(email)))

/** Keeps what this address wants from now on; a topic that is left out stays as it was. */
export async function chooseMails(
  email: string,
  choices: Partial<MailChoices>,
  chosenBy: ChosenBy,
  now: Date,
): Promise<void> {
  const rows = MAIL_TOPICS.flatMap((topic) => {
    const wanted = choices[topic]
    return wanted === undefined ? [] : [{ emailHash: hashOf(email), topic, wanted, chosenBy, chosenAt: now }]
  })
  if (rows.length === 0) return
  await db
    .insert(mailChoices)
    .values(rows)
    .onConflictDoUpdate({
      target: [mailChoices.emailHash, mailChoices.topic],
      set: { wanted: sql`excluded.wanted`, chosenBy: sql`excluded.chosen_by`, chosenAt: sql`excluded.chosen_at` },
      setWhere: sql`${mailChoices.wanted} <> excluded.wanted`,
    })
}

/** Takes what was chosen for one address along to another, where that has chosen nothing itself. */
export async function carryMailChoices(tx: DbOrTransaction, from: string, to: string): Promise<void> {
  await tx.execute(sql`
    insert into mail_choices (email_hash, topic, wanted, chosen_by, chosen_at)
    select ${hashOf(to)}, topic, wanted, chosen_by, chosen_at from mail_choices where email_hash = ${hashOf(from)}
    on conflict do nothing`)
}

/** Whether a mail of this topic may go: none of the addresses (that of the order, that of its account) has said no. */
export async function wantsMail(topic: MailTopic, emails: readonly string[]): Promise<boolean> {
  const isOneOfThem = sql`${mailChoices.emailHash} in (${sql.join(
    emails.map((email) => sql`${hashOf(email)}`),
    sql`, `,
  )})`
  return (await db.$count(mailChoices, and(eq(mailChoices.topic, topic), not(mailChoices.wanted), isOneOfThem))) === 0
}
