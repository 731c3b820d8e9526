export const EXPORT_FORMATS = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** `failed`: the worker gave up; the person asks again. */
export const EXPORT_STATES = ['waiting', 'writing', 'done', 'failed'] as const
export type ExportState = (typeof EXPORT_STATES)[number]
