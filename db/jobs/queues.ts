import type { Locale } from '#lib/domain/locale.ts'
import type { AccountMailWish } from '#lib/mail/account-mail.ts'
import type { OrderMailKind } from '#lib/mail/order-mail.ts'
import type { ProviderName } from '#lib/payments/port.ts'

/** What each job has to know; it reads everything else when it runs, since the world has moved on by then. */
export type JobData = {
  /** `refundId`, `parcelId`, `requestId`, `ticketId` for the mails that tell of one. */
  'send-order-mail': {
    readonly orderId: string
    readonly kind: OrderMailKind
    readonly refundId?: string | undefined
    readonly parcelId?: string | undefined
    readonly requestId?: string | undefined
    readonly ticketId?: string | undefined
  }
  'mail-order-ticket': { readonly number: string; readonly email: string }
  /** `accountId` for a wish that only somebody signed in can have; `mailId` is that of the message. */
  'send-account-mail': {
    readonly wish: AccountMailWish
    readonly email: string
    readonly locale: Locale
    readonly mailId: string
    readonly accountId?: string | undefined
  }
  'erase-orders': Readonly<Record<string, never>>
  'seal-audit-log': Readonly<Record<string, never>>
  'purge-accounts': Readonly<Record<string, never>>
  'query-attempt': { readonly attemptId: string }
  'expire-order': { readonly orderId: string }
  'refund-due': { readonly refundDueId: string }
  'pursue-refund': { readonly refundId: string }
  'reconcile-bills': Readonly<Record<string, never>>
  'reconcile-day': { readonly provider: ProviderName; readonly day: string }
  'sweep-unsettled': Readonly<Record<string, never>>
  'audit-money': Readonly<Record<string, never>>
  'seal-journals': Readonly<Record<string, never>>
  'refresh-figures': Readonly<Record<string, never>>
  'write-order-terms': Readonly<Record<string, never>>
  'check-providers': Readonly<Record<string, never>>
  'presume-delivered': Readonly<Record<string, never>>
  'apply-planned-prices': Readonly<Record<string, never>>
  'purge-carts': Readonly<Record<string, never>>
  'prune-invalidations': Readonly<Record<string, never>>
  'make-backup': Readonly<Record<string, never>>
  /** `between` for the looks between two full minutes. */
  'watch-shop': { readonly between?: true | undefined }
  'probe-provider': { readonly provider: ProviderName }
  'tell-operator': { readonly incidentId: string; readonly channel: 'mail' | 'webhook' }
  'rehearse-restore': Readonly<Record<string, never>>
  'archive-months': Readonly<Record<string, never>>
  'write-order-export': { readonly exportId: string }
  'remove-old-exports': Readonly<Record<string, never>>
}
export type JobName = keyof JobData

/** A job to be done, at once or not before `startAfter`. */
export type Job = {
  [Name in JobName]: { readonly name: Name; readonly data: JobData[Name]; readonly startAfter?: Date }
}[JobName]

/** Where jobs go that failed every time; nothing works this queue, people look at it. */
export const DEAD_JOBS = 'dead-jobs'

/**
 * Tries of each job, ten with growing pauses (5 s, 10 s, … at most 10 min). A worker that dies is missed after 30 s,
 * and its job starts again: every job can run twice.
 */
const PATIENT = {
  retryLimit: 9,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 600,
  expireInSeconds: 120,
  heartbeatSeconds: 30,
  deadLetter: DEAD_JOBS,
}

/** For bills and books of any length. */
const LONG = { ...PATIENT, expireInSeconds: 7200 }

export const QUEUES = {
  'send-order-mail': PATIENT,
  'mail-order-ticket': PATIENT,
  'send-account-mail': PATIENT,
  'erase-orders': PATIENT,
  'seal-audit-log': PATIENT,
  'purge-accounts': PATIENT,
  'query-attempt': PATIENT,
  'expire-order': PATIENT,
  'refund-due': PATIENT,
  'pursue-refund': PATIENT,
  'reconcile-bills': PATIENT,
  'reconcile-day': LONG,
  'sweep-unsettled': PATIENT,
  'audit-money': LONG,
  'seal-journals': PATIENT,
  'refresh-figures': LONG,
  'write-order-terms': LONG,
  'check-providers': PATIENT,
  'presume-delivered': PATIENT,
  'apply-planned-prices': PATIENT,
  'purge-carts': PATIENT,
  'prune-invalidations': PATIENT,
  'make-backup': LONG,
  'watch-shop': PATIENT,
  'probe-provider': PATIENT,
  'tell-operator': PATIENT,
  'rehearse-restore': LONG,
  'archive-months': LONG,
  'write-order-export': LONG,
  'remove-old-exports': PATIENT,
} as const satisfies Record<JobName, typeof PATIENT>
