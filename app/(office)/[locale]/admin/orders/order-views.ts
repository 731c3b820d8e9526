import type { OfficeQuery } from '#lib/office-paths.ts'

/** Lists that everybody asks for, each as the query of its address and the pile that it shows. */
export const ORDER_VIEWS = [
  { name: 'all', query: {}, pile: null },
  { name: 'toSend', query: { fulfilment: 'to_send' }, pile: 'toSend' },
  { name: 'unpaid', query: { state: 'pending_payment' }, pile: 'unpaid' },
  { name: 'requests', query: { afterSale: 'open' }, pile: 'requests' },
  { name: 'review', query: { payment: 'review' }, pile: 'review' },
] as const satisfies readonly { name: string; query: OfficeQuery; pile: string | null }[]
