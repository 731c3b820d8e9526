import 'server-only'
import { listSealedTotp, replaceSealedTotp } from '#db/accounts/second-factor.ts'
import { env } from '#lib/env.ts'
import { openText, sealText } from './seal-text.ts'

export type Resealed = {
  readonly resealed: number
  readonly alreadyNew: number
  /** Accounts whose secret neither key opens: their owners must be given a new device. */
  readonly lost: readonly string[]
}

/**
 * Seals the secrets of all devices with the present key, so that the one before can go. Beside the running shop, at any
 * time, and again after it was broken off.
 */
export async function resealSecrets(
  present: string | undefined = env.AUTH_SECRET,
  previous: string | undefined = env.AUTH_SECRET_PREVIOUS,
): Promise<Resealed> {
  let [resealed, alreadyNew] = [0, 0]
  const lost: string[] = []
  for (const { accountId, sealed } of await listSealedTotp()) {
    if (openText('second-factor', sealed, [present]) !== null) {
      alreadyNew++
      continue
    }
    const secret = openText('second-factor', sealed, [previous])
    if (secret === null) lost.push(accountId)
    else if (await replaceSealedTotp(accountId, sealed, sealText('second-factor', secret, present))) resealed++
  }
  return { resealed, alreadyNew, lost }
}
