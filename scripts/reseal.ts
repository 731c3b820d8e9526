import { takeSettingsOfShop } from './start/beside-shop.ts'

// `npm run reseal`: seals what AUTH_SECRET_PREVIOUS has sealed with AUTH_SECRET, so that the former can go. Exit 1 when
// something can be opened with neither.

takeSettingsOfShop()
const { sql } = await import('#db/client.ts')
const { env } = await import('#lib/env.ts')
const { resealSecrets } = await import('#lib/auth/reseal-secrets.ts')

if (env.AUTH_SECRET === undefined) {
  console.error('AUTH_SECRET is not set: name the present one, and the one before in AUTH_SECRET_PREVIOUS.')
  process.exitCode = 1
} else {
  const { resealed, alreadyNew, lost } = await resealSecrets()
  console.log(`${resealed} sealed anew, ${alreadyNew} were already, ${lost.length} cannot be opened.`)
  for (const accountId of lost)
    console.error(`${accountId} needs a new device: no key here opens the secret of theirs.`)
  process.exitCode = lost.length > 0 ? 1 : 0
}
await sql.end({ timeout: 5 })
