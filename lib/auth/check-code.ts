import 'server-only'
import { findTotp, spendRecoveryCode, spendTotpStep } from '#db/accounts/second-factor.ts'
import { type LimitReached, takeFromLimit } from '#db/limits/take-from-limit.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { readRecoveryCode } from '../domain/recovery-code.ts'
import { hashPaperCode } from './password.ts'
import { openText } from './seal-text.ts'
import { totpStep } from './totp.ts'

/** How somebody has shown that they are who they say. */
export type CodeKind = 'device' | 'paper'

/**
 * Takes the code of somebody's device, or one from their paper; each is good once, and five may be tried in half an
 * hour.
 */
export async function checkCode(
  accountId: string,
  typed: string,
  now: Date,
): Promise<Result<CodeKind, LimitReached | { readonly code: 'wrong_code' }>> {
  const taken = await takeFromLimit('second-factor', accountId)
  if (!taken.ok) return taken
  const paper = readRecoveryCode(typed)
  if (paper !== null && (await spendRecoveryCode(accountId, await hashPaperCode(paper, accountId), now)))
    return ok('paper')

  const kept = await findTotp(accountId)
  const secret = kept?.sealed ? openText('second-factor', kept.sealed) : null
  const step = secret === null ? null : totpStep(secret, typed.replace(/\s/g, ''), now)
  const right = step !== null && (await spendTotpStep(accountId, step))
  return right ? ok('device') : err({ code: 'wrong_code' })
}
