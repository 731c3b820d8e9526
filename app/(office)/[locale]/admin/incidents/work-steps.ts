/** What a person does at an incident. */
export const WORK_STEPS = ['taken', 'noted', 'settled'] as const
