/** What the rules look at, read at one moment. Counts are of the time that their comment names. */
export type RiskFacts = {
  readonly now: Date
  /** Reports of providers that can't be right and that nobody has settled. */
  readonly disputes: readonly {
    readonly id: string
    readonly provider: string
    readonly order: string
    readonly why: string
  }[]
  /** Money that nobody owed, of the last day. */
  readonly unowed: readonly {
    readonly eventId: string
    readonly order: string
    readonly provider: string
    readonly outcome: 'surplus' | 'late'
    readonly amount: string
  }[]
  /** Messages that were not believed: of the last ten minutes, and of the hour before them. */
  readonly refusedMessages: readonly { readonly provider: string; readonly lately: number; readonly before: number }[]
  /** Believed messages of the last ten minutes by addresses that the provider's list lacks. */
  readonly unlistedSenders: readonly {
    readonly provider: string
    readonly address: string
    readonly messages: number
  }[]
  /** Calls of the last five minutes that were to open a payment. */
  readonly calls: readonly {
    readonly provider: string
    readonly made: number
    readonly unanswered: number
    readonly slowestMs: number
  }[]
  /** Payments of the last hour, by how we heard of them first. */
  readonly heardBy: readonly { readonly provider: string; readonly byMessage: number; readonly byQuery: number }[]
  /** Refunds that staff asked for: of the last day, and a day's mean of the four weeks before. */
  readonly refunds: { readonly lastDay: number; readonly usualDay: number; readonly amount: string }
  /** Refunds that are under way for longer than their provider needs. */
  readonly pendingRefunds: readonly { readonly refundNo: string; readonly order: string; readonly days: number }[]
  /** Places, phones or mailboxes with many orders in the last hour. */
  readonly crowds: readonly { readonly what: string; readonly orders: number; readonly unpaid: number }[]
  /** Uses of each coupon in the last ten minutes. */
  readonly couponUses: readonly { readonly code: string; readonly uses: number }[]
  readonly negativeStock: readonly { readonly sku: string; readonly onHand: number; readonly held: number }[]
  /** Jobs that should have begun, and the longest wait. */
  readonly queue: { readonly waiting: number; readonly longestS: number }
  /** Jobs that failed every time: what was put aside, and the job that failed, with its error. */
  readonly deadJobs: readonly {
    readonly id: string
    readonly job: string
    readonly name: string
    readonly failure: string
  }[]
  /** Our clock less the database's. */
  readonly clockDriftMs: number
  /** What the last check of each provider's keys, certificates and clock found, but for what is well. */
  readonly doubts: readonly { readonly provider: string; readonly found: string }[]
  readonly billDifferences: readonly { readonly provider: string; readonly day: string; readonly open: number }[]
  /** Hours since the last good one; null where there never was one, or where none is made here. */
  readonly backupHours: number | null
  readonly drillHours: number | null
}
