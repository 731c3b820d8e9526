import { AFTER_SALE_TRANSITIONS } from '#lib/domain/after-sale-state.ts'
import { FULFILMENT_TRANSITIONS } from '#lib/domain/fulfilment-state.ts'
import { ORDER_TRANSITIONS } from '#lib/domain/order-state.ts'
import { PAYMENT_STATES } from '#lib/domain/payment-state.ts'
import type { Transitions } from '#lib/domain/transition.ts'
import { type AuditRule, rowList, wordList } from './audit-rule.ts'

const rowsOf = (axis: string, table: Transitions<string, string>) =>
  Object.entries(table).flatMap(([from, row]) =>
    Object.entries(row).map(([event, to]) => [axis, from, event, to ?? null]),
  )

/** All that may happen to an order: where from, by what, where to. */
const legal = [
  ['order', null, 'placed', 'pending_payment'],
  ...rowsOf('order', ORDER_TRANSITIONS),
  ...rowsOf('fulfilment', FULFILMENT_TRANSITIONS),
  ['after_sale', null, 'requested', 'requested'],
  ['after_sale', null, 'approved', 'approved'],
  ...rowsOf('after_sale', AFTER_SALE_TRANSITIONS),
]

export const ORDER_RULES = {
  held_is_pending: {
    invariant: 'I7',
    sentence: 'Units are held that no pending order waits for, or the other way round.',
    sql: `select 'variant ' || stock.variant_id || ': ' || held || ' held, ' || coalesce(wanted, 0) || ' wanted' as what
      from stock left join (
        select variant_id, sum(quantity) as wanted from order_lines join orders on orders.id = order_id
        where state = 'pending_payment' group by 1
      ) as pending using (variant_id)
      where held <> coalesce(wanted, 0)`,
  },
  stock_is_movements: {
    invariant: 'I7',
    sentence: 'Units on hand are not the sum of their movements, or fewer than none.',
    sql: `select 'variant ' || stock.variant_id || ': ' || on_hand || ' on hand, ' || coalesce(moved, 0) || ' moved' as what
      from stock left join (
        select variant_id, sum(quantity) as moved from stock_movements group by 1
      ) as movements using (variant_id)
      where on_hand < 0 or on_hand <> coalesce(moved, 0)`,
  },
  sold_is_ordered: {
    invariant: 'I7',
    sentence: 'Units went out for an order that are not its lines.',
    sql: `select coalesce('order ' || orders.number, 'no order') || ', variant ' || variant_id || ': '
        || coalesce(sold, 0) || ' sold, ' || coalesce(ordered, 0) || ' ordered' as what
      from (
        select order_id, variant_id, -sum(quantity) as sold from stock_movements where reason = 'sold' group by 1, 2
      ) as gone full join (
        select order_id, variant_id, quantity as ordered from order_lines
        where exists (
          select from order_events
          where order_events.order_id = order_lines.order_id and axis = 'order' and to_state = 'confirmed')
      ) as line using (order_id, variant_id)
      left join orders on orders.id = order_id
      where coalesce(sold, 0) <> coalesce(ordered, 0)`,
  },
  returned_is_restocked: {
    invariant: 'I7',
    sentence: 'Units came back on the shelf that no refund gave back, or the other way round.',
    sql: `select 'order ' || number || ', variant ' || variant_id || ': '
        || coalesce(moved, 0) || ' returned, ' || coalesce(restocked, 0) || ' given back' as what
      from (
        select order_id, variant_id, sum(quantity) as moved from stock_movements where reason = 'returned' group by 1, 2
      ) as movements full join (
        select refund_lines.order_id, variant_id, sum(refund_lines.quantity) as restocked
        from refund_lines join order_lines using (order_id, position) where restocked group by 1, 2
      ) as refunded using (order_id, variant_id)
      join orders on orders.id = order_id
      where coalesce(moved, 0) <> coalesce(restocked, 0)`,
  },
  events_are_a_chain: {
    invariant: 'I8',
    sentence: 'An event does not begin where the one before it ended.',
    sql: `select 'order ' || number || ', ' || axis || ', event ' || chain.id as what from (
        select id, order_id, axis, from_state,
          lag(to_state) over (partition by order_id, axis, about order by id) as before
        from order_events
      ) as chain join orders on orders.id = order_id
      where from_state is distinct from before and not (axis in ('payment', 'fulfilment') and before is null)`,
  },
  state_is_last_event: {
    invariant: 'I8',
    sentence: 'A state is not the one that its last event led to.',
    sql: `select 'order ' || number || ', ' || axis || ': ' || coalesce(last.to_state, 'no event') || ', not ' || now.state as what
      from orders left join payments on payments.order_id = orders.id
      cross join lateral (
        values ('order', orders.state, null), ('payment', payments.state, 'unpaid'),
          ('fulfilment', orders.fulfilment, 'unfulfilled')
      ) as now (axis, state, initial)
      left join lateral (
        select to_state from order_events
        where order_id = orders.id and order_events.axis = now.axis order by id desc limit 1
      ) as last on true
      where now.state is distinct from coalesce(last.to_state, initial)`,
  },
  request_is_last_event: {
    invariant: 'I8',
    sentence: 'The state of a refund request is not the one that its last event led to.',
    sql: `select 'request ' || refund_requests.id || ': ' || coalesce(last.to_state, 'no event') || ', not ' || state as what
      from refund_requests left join lateral (
        select to_state from order_events
        where order_events.order_id = refund_requests.order_id and axis = 'after_sale' and about = refund_requests.id
        order by id desc limit 1
      ) as last on true
      where state is distinct from last.to_state`,
  },
  transition_is_legal: {
    invariant: 'I9',
    sentence: 'Something happened to an order that cannot happen.',
    sql: `select 'order ' || number || ', ' || axis || ': ' || coalesce(from_state, 'nothing') || ' → ' || to_state
        || ' by ' || event || ', event ' || order_events.id as what
      from order_events join orders on orders.id = order_id
      where axis <> 'payment' and not exists (
          select from (values ${rowList(legal)}) as legal (axis, from_state, event, to_state)
          where legal.axis = order_events.axis and legal.from_state is not distinct from order_events.from_state
            and legal.event = order_events.event and legal.to_state = order_events.to_state)
        or axis = 'payment' and to_state not in (${wordList(PAYMENT_STATES)})`,
  },
  total_is_its_parts: {
    invariant: 'I10',
    sentence: 'The lines of an order, less discount, with shipping, are not its total.',
    sql: `select 'order ' || number || ': ' || total_fen || ' fen' as what from orders
      where total_fen is distinct from
        (select sum(unit_price_fen * quantity) from order_lines where order_id = orders.id) - discount_fen + shipping_fen`,
  },
  total_is_asked_for: {
    invariant: 'I10',
    sentence: 'An order has no payment, or is asked to pay something else than its total.',
    sql: `select 'order ' || number || ': ' || total_fen || ' fen' as what
      from orders left join payments on payments.order_id = orders.id
      where total_fen is distinct from payments.amount_fen
        or exists (
          select from payment_attempts
          where payment_id = payments.id and (amount_fen <> total_fen or payment_attempts.currency <> payments.currency))`,
  },
  request_has_one_order: {
    invariant: 'I14',
    sentence: 'One request placed two orders, or two orders have one number.',
    sql: `select 'orders ' || string_agg(number, ', ') as what from orders group by request_hash having count(*) > 1
      union all
      select 'number ' || number from orders group by number having count(*) > 1`,
  },
} as const satisfies Record<string, AuditRule>
