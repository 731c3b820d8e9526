import { parseEmail } from '#lib/domain/email.ts'
import { takeSettingsOfShop } from './start/beside-shop.ts'

/**
 * Makes the first owner of a shop, who gives everybody else their roles in the back office:
 * `npm run owner -- ann@example.com`. The account must be there and its address confirmed. Exit 1 when it can't be.
 */
const [typed = ''] = process.argv.slice(2)
takeSettingsOfShop()

const { sql } = await import('#db/client.ts')
const { makeFirstOwner } = await import('#db/accounts/make-first-owner.ts')

const SENTENCES = {
  unknown_account: 'Nobody has an account with this address, or it is not confirmed: sign up in the shop first.',
  owner_exists: 'There is an owner already, who gives the roles under “Staff” in the back office.',
} as const

const email = parseEmail(typed)
const made = email === null ? null : await makeFirstOwner(email)
if (made?.ok)
  console.log(`${email} is the owner now, and is asked for a second factor at the next visit to the back office.`)
else console.error(made ? SENTENCES[made.error.code] : 'Say whom: npm run owner -- ann@example.com')
process.exitCode = made?.ok ? 0 : 1
await sql.end({ timeout: 5 })
