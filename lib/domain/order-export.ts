export const EXPORT_FORMATS = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** `failed`: the worker gave up; the person asks again. */
export const EXPORT_STATES = ['waiting', 'writing', 'done', 'failed'] as const
export type ExportState = (typeof EXPORT_STATES)[number]

/** How long a file can be fetched: it holds what shoppers told us. */
export const EXPORT_KEPT_MS = 86_400_000
/** What was not written by then is not going to be. */
export const EXPORT_GIVEN_UP_MS = 3 * 3_600_000
