import type { OrderState } from './order-state.ts'

/** How a customer narrows their list of orders. */
export const ORDER_FILTERS = ['all', 'to_pay', 'under_way', 'complete', 'ended'] as const
export type OrderFilter = (typeof ORDER_FILTERS)[number]

/** The states that a filter lets through; each state is under one filter, and all of them under `all`. */
export const FILTERED_STATES = {
  all: null,
  to_pay: ['pending_payment'],
  under_way: ['confirmed'],
  complete: ['completed'],
  ended: ['cancelled', 'expired'],
} as const satisfies Record<OrderFilter, readonly OrderState[] | null>
