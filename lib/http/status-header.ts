/**
 * What the proxy says a page's status is: Next begins a page before it has asked who may see it, with 200.
 * `lib/http/true-status.ts` takes it off the answer again.
 */
export const STATUS_HEADER = 'x-comptoir-status'
