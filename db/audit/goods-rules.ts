import { REFUNDING_STATES } from '#lib/domain/after-sale-state.ts'
import { type AuditRule, wordList } from './audit-rule.ts'

/** Where the units of each line are; as `readGoods` reads them for one order. */
const GOODS = `(
  select line.order_id, line.position, line.quantity as ordered, coalesce(sent, 0) as sent,
    coalesce(forgone, 0) as forgone, coalesce(came_back, 0) as came_back
  from order_lines as line
  left join (
    select parcel_lines.order_id, position, sum(quantity) as sent
    from parcel_lines join parcels on parcels.id = parcel_id where undone_at is null group by 1, 2
  ) as gone using (order_id, position)
  left join (
    select refund_lines.order_id, position, sum(came_back) as came_back,
      sum(unsent) filter (where state in (${wordList(REFUNDING_STATES)})) as forgone
    from refund_lines join refund_requests on refund_requests.id = request_id group by 1, 2
  ) as back using (order_id, position)
)`

export const GOODS_RULES = {
  sent_within_order: {
    invariant: 'I7',
    sentence: 'More units of a line were sent, or paid back unsent, than were ordered.',
    sql: `select 'order ' || number || ', line ' || position || ': ' || sent || ' sent, ' || forgone || ' given up, of ' || ordered as what
      from ${GOODS} as goods join orders on orders.id = order_id where sent + forgone > ordered`,
  },
  came_back_was_sent: {
    invariant: 'I7',
    sentence: 'More units came back than were sent.',
    sql: `select 'order ' || number || ', line ' || position || ': ' || came_back || ' of ' || sent as what
      from ${GOODS} as goods join orders on orders.id = order_id where came_back > sent`,
  },
  sent_was_paid: {
    invariant: 'I9',
    sentence: 'A parcel left for an order that was never confirmed, or holds nothing.',
    sql: `select 'order ' || number || ', parcel ' || sequence as what
      from parcels join orders on orders.id = order_id
      where not exists (
          select from order_events
          where order_events.order_id = parcels.order_id and axis = 'order' and to_state = 'confirmed')
        or not exists (select from parcel_lines where parcel_id = parcels.id)`,
  },
  fulfilment_is_its_parcels: {
    invariant: 'I8',
    sentence: 'Where the goods of an order are said to be is not what its lines and parcels tell.',
    sql: `select 'order ' || number || ': ' || fulfilment || ', not ' || told.state as what
      from orders join (
        select order_id, case
            when sum(sent) = 0 then 'unfulfilled'
            when bool_or(ordered - sent - forgone > 0) then 'partial'
            when bool_and(came_back >= sent) then 'returned'
            when not exists (
              select from parcels
              where parcels.order_id = goods.order_id and undone_at is null and delivered_at is null) then 'delivered'
            else 'shipped' end as state
        from ${GOODS} as goods group by order_id
      ) as told on told.order_id = orders.id
      where fulfilment <> told.state`,
  },
} as const satisfies Record<string, AuditRule>
