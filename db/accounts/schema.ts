import { type SQL, sql } from 'drizzle-orm'
import { type AnyPgColumn, bigint, check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { ACCOUNT_LINK_KINDS } from '#lib/domain/account-links.ts'
import { LOCALES } from '#lib/domain/locale.ts'
import { ROLES } from '#lib/domain/permissions.ts'
import { bytea, instant, isOneOf } from '../columns.ts'

/**
 * Somebody who can sign in, customer or staff. The e-mail is in lower case and stands for a person only once
 * `confirmed_at` is set. `password_hash` is argon2id with its parameters; null for who signs in by mailed links alone.
 */
export const accounts = pgTable(
  'accounts',
  {
    id: uuid().primaryKey().defaultRandom(),
    email: text().notNull().unique(),
    name: text(),
    locale: text({ enum: LOCALES }).notNull(),
    passwordHash: text(),
    confirmedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [
    check('accounts_email', sql`${t.email} = lower(${t.email}) and length(${t.email}) <= 254`),
    check('accounts_locale', isOneOf(t.locale, LOCALES)),
  ],
)

/**
 * Each sign-in of a device. The browser holds a sealed token with the id; what counts is the row, looked at with every
 * request. `second_factor_at` is set for staff who gave a code, `stepped_up_at` when they gave one again lately.
 * `seen_at` is written once a minute at most; no challenge for a passkey of `challenge_spent_at` or before is taken
 * again. `sessions_expires_at` serves the job that removes what has ended.
 */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    createdAt: instant().notNull().defaultNow(),
    seenAt: instant().notNull().defaultNow(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    secondFactorAt: instant(),
    steppedUpAt: instant(),
    challengeSpentAt: instant(),
    ip: text(),
    userAgent: text(),
  },
  (t) => [
    index('sessions_account').on(t.accountId, t.seenAt.desc().nullsFirst()),
    index('sessions_expires_at').on(t.expiresAt),
  ],
)

/** The text of a check constraint: one role at least, and none that the domain does not know. */
const areRoles = (column: AnyPgColumn): SQL =>
  sql`${column} <@ array[${sql.raw(ROLES.map((role) => `'${role}'`).join(', '))}]::text[] and cardinality(${column}) > 0`

/**
 * Who works here and as what; `ended_at` is set when they leave, the row stays for the log. `totp_secret` is sealed with
 * a key of the environment (`lib/auth/seal-text.ts`) and counts once `totp_confirmed_at` is set; no step of 30 s
 * before or at `totp_last_step` is taken again.
 */
export const staff = pgTable(
  'staff',
  {
    accountId: uuid()
      .primaryKey()
      .references(() => accounts.id),
    roles: text({ enum: ROLES }).array().notNull(),
    totpSecret: text(),
    totpConfirmedAt: instant(),
    totpLastStep: integer(),
    addedAt: instant().notNull().defaultNow(),
    endedAt: instant(),
  },
  (t) => [check('staff_roles', areRoles(t.roles))],
)

/**
 * Who was asked by mail to work here and has not come yet, with what they are going to be; gone once they came or it was
 * taken back. The links themselves are in `account_links`.
 */
export const staffInvitations = pgTable(
  'staff_invitations',
  {
    accountId: uuid()
      .primaryKey()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    roles: text({ enum: ROLES }).array().notNull(),
    invitedBy: uuid().notNull(),
    invitedAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [check('staff_invitations_roles', areRoles(t.roles))],
)

/** Codes on paper, each good once, for who has lost the device; we hold their argon2id. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    accountId: uuid()
      .notNull()
      .references(() => staff.accountId, { onDelete: 'cascade' }),
    codeHash: bytea().notNull(),
    usedAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.codeHash] })],
)

/**
 * Passkeys of staff, in place of the code of their device. `id` is the authenticator's, `public_key` SPKI in DER;
 * `counter` is what the authenticator counts, 0 for ever where it does not, so that a copy is found out.
 */
export const passkeys = pgTable(
  'passkeys',
  {
    id: bytea().primaryKey(),
    accountId: uuid()
      .notNull()
      .references(() => staff.accountId, { onDelete: 'cascade' }),
    name: text().notNull(),
    publicKey: bytea().notNull(),
    counter: bigint({ mode: 'number' }).notNull(),
    addedAt: instant().notNull().defaultNow(),
    usedAt: instant(),
  },
  (t) => [index('passkeys_account').on(t.accountId), check('passkeys_name', sql`length(${t.name}) between 1 and 60`)],
)

/**
 * Secrets that were mailed to somebody, each good once and for a while; we hold their SHA-256. `email` is where it was
 * sent, which for `change_email` is the new address. Rows stay for a while after their use, so that the page can say
 * that a link was used instead of that it is unknown.
 */
export const accountLinks = pgTable(
  'account_links',
  {
    secretHash: bytea().primaryKey(),
    kind: text({ enum: ACCOUNT_LINK_KINDS }).notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [
    index('account_links_account').on(t.accountId, t.kind),
    index('account_links_expires_at').on(t.expiresAt),
    check('account_links_kind', isOneOf(t.kind, ACCOUNT_LINK_KINDS)),
  ],
)

/**
 * Orders of accounts that were deleted while something was still under way: the parcel needs its address until then.
 * `erase-orders.ts` works them off; `done_at` is set when nothing personal is left.
 */
export const orderErasures = pgTable(
  'order_erasures',
  {
    orderId: uuid().primaryKey(),
    askedAt: instant().notNull().defaultNow(),
    doneAt: instant(),
  },
  (t) => [index('order_erasures_due').on(t.askedAt).where(sql`${t.doneAt} is null`)],
)
