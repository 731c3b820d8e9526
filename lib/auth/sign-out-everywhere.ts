import 'server-only'
import { endAllSessions } from '#db/accounts/end-sessions.ts'
import { db } from '#db/client.ts'

/** Signs every device of an account out. @returns how many. */
export const signOutEverywhere = (accountId: string, now: Date): Promise<number> => endAllSessions(db, accountId, now)
