import type { AfterSaleState } from './after-sale-state.ts'
import type { FulfilmentState } from './fulfilment-state.ts'
import type { OrderState } from './order-state.ts'
import type { PaymentState } from './payment-state.ts'

export const AFTER_SALE_FILTERS = ['open', 'any', 'none'] as const
/** `open`: a request waits for us or for the goods. `any`: something was asked for or given back. */
export type AfterSaleFilter = (typeof AFTER_SALE_FILTERS)[number]

/** What a list of orders is narrowed to; what is null lets everything through. Days are those of Shanghai, `2026-11-21`. */
export type OrderFilter = {
  /** As somebody typed it. */
  readonly text: string
  readonly state: OrderState | null
  readonly payment: PaymentState | null
  readonly fulfilment: FulfilmentState | null
  /** True for what is paid and not wholly sent, the work of the packing bench. */
  readonly toSend: boolean
  readonly afterSale: AfterSaleFilter | null
  readonly provider: string | null
  /** True for what waits for a person before it may be sent. */
  readonly held: boolean
  readonly from: string | null
  /** The last day, itself included. */
  readonly to: string | null
}

export const EVERY_ORDER: OrderFilter = {
  text: '',
  state: null,
  payment: null,
  fulfilment: null,
  toSend: false,
  afterSale: null,
  provider: null,
  held: false,
  from: null,
  to: null,
}

/** The states of a request in which somebody has to do something. */
export const OPEN_REQUEST_STATES = ['requested', 'approved', 'goods_received'] as const satisfies AfterSaleState[]

/** Where a page of the list ends; the next one begins after it. Newest first. */
export type OrderCursor = { readonly placedAt: Date; readonly id: string }
