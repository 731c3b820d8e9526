import 'server-only'
import { applyPlannedPricesJob } from './apply-planned-prices.ts'
import { auditMoneyJob } from './audit-money.ts'
import { archiveMonthsJob, makeBackupJob, rehearseRestoreJob } from './back-up.ts'
import { checkProvidersJob } from './check-providers.ts'
import { eraseOrdersJob } from './erase-orders.ts'
import { expireOrderJob } from './expire-order.ts'
import type { AnyJob } from './job.ts'
import { mailOrderTicketJob } from './mail-order-ticket.ts'
import { presumeDeliveredJob } from './presume-delivered.ts'
import { probeProviderJob } from './probe-provider.ts'
import { pruneInvalidationsJob } from './prune-invalidations.ts'
import { purgeAccountsJob } from './purge-accounts.ts'
import { purgeCartsJob } from './purge-carts.ts'
import { pursueRefundJob } from './pursue-refund.ts'
import { queryAttemptJob } from './query-attempt.ts'
import { reconcileBillsJob } from './reconcile-bills.ts'
import { reconcileDayJob } from './reconcile-day.ts'
import { refreshFiguresJob } from './refresh-figures.ts'
import { refundDueJob } from './refund-due.ts'
import { sealAuditLogJob } from './seal-audit-log.ts'
import { sealJournalsJob } from './seal-journals.ts'
import { sendAccountMailJob } from './send-account-mail.ts'
import { sendOrderMailJob } from './send-order-mail.ts'
import { sweepUnsettledJob } from './sweep-unsettled.ts'
import { tellOperatorJob } from './tell-operator.ts'
import { watchShopJob } from './watch-shop.ts'
import { removeOldExportsJob, writeOrderExportJob } from './write-order-export.ts'
import { writeOrderTermsJob } from './write-order-terms.ts'

/** All that the worker works off. A job is a file beside this one and a line here; its queue is in `db/jobs/queues.ts`. */
export const JOBS: readonly AnyJob[] = [
  queryAttemptJob,
  sendOrderMailJob,
  mailOrderTicketJob,
  sendAccountMailJob,
  expireOrderJob,
  refundDueJob,
  pursueRefundJob,
  sweepUnsettledJob,
  reconcileBillsJob,
  reconcileDayJob,
  sealJournalsJob,
  sealAuditLogJob,
  refreshFiguresJob,
  writeOrderTermsJob,
  checkProvidersJob,
  auditMoneyJob,
  presumeDeliveredJob,
  applyPlannedPricesJob,
  purgeCartsJob,
  purgeAccountsJob,
  eraseOrdersJob,
  pruneInvalidationsJob,
  watchShopJob,
  probeProviderJob,
  tellOperatorJob,
  makeBackupJob,
  rehearseRestoreJob,
  archiveMonthsJob,
  writeOrderExportJob,
  removeOldExportsJob,
]
