import 'server-only'
import { randomBytes } from 'node:crypto'
import type { FoundSession } from '#db/accounts/find-session.ts'
import { confirmTotp, noteCodeGiven, offerTotp } from '#db/accounts/second-factor.ts'
import { appendAuditEntry } from '#db/audit-log/append-audit-entry.ts'
import { db } from '#db/client.ts'
import { ok } from '#lib/result.ts'
import { staffActor } from '../domain/permissions.ts'
import { makeRecoveryCode, RECOVERY_CODE_BYTES, RECOVERY_CODES } from '../domain/recovery-code.ts'
import { checkSecondFactor } from './check-second-factor.ts'
import { hashPaperCode } from './password.ts'
import { openText, sealText } from './seal-text.ts'
import { newTotpSecret, totpAddress } from './totp.ts'

/** What somebody's device is to scan before its first code. Made once; shown until a code has confirmed it. */
export async function secretToEnrol(accountId: string, email: string): Promise<{ secret: string; address: string }> {
  const sealed = await offerTotp(accountId, sealText('second-factor', newTotpSecret()))
  const secret = sealed === null ? null : openText('second-factor', sealed)
  if (secret === null) throw new Error('The secret of a device cannot be opened: was AUTH_SECRET changed?')
  return { secret, address: totpAddress(secret, email) }
}

/**
 * Opens the back office to a session by the code of a device, one from paper, or a passkey; the first code of a new device also
 * takes the device for good.
 * @returns the codes for paper, shown this one time, when a device was taken; else null.
 */
export async function giveCode(session: FoundSession, typed: string, ip: string, now: Date) {
  const { account, staff } = session
  const checked = await checkSecondFactor(session, typed, now)
  if (!checked.ok) return checked
  const codes = staff?.enrolled ? null : newRecoveryCodes()
  if (codes) await confirmTotp(account.id, await Promise.all(codes.map((code) => hashPaperCode(code, account.id))), now)
  await noteCodeGiven(session.id, { opens: true }, now)
  await appendAuditEntry(db, {
    actor: staffActor({ staffId: account.id }),
    action: codes ? 'staff.enrol' : 'staff.sign_in',
    about: { kind: 'staff', id: account.id },
    after: { by: checked.value, session: session.id },
    ip,
  })
  return ok(codes)
}

const newRecoveryCodes = (): readonly string[] =>
  Array.from({ length: RECOVERY_CODES }, () => makeRecoveryCode(randomBytes(RECOVERY_CODE_BYTES)))
