import type { AuditRule } from './audit-rule.ts'

export const PROMOTION_RULES = {
  discount_is_its_shares: {
    invariant: 'I10',
    sentence: 'The shares of the lines in a discount are not the discount of their order.',
    sql: `select 'order ' || number || ': ' || discount_fen || ' fen' as what from orders
      where discount_fen is distinct from
        (select sum(order_lines.discount_fen) from order_lines where order_id = orders.id)`,
  },
  discount_has_its_coupon: {
    invariant: 'I10',
    sentence: 'An order has a discount or a code without the use of a coupon that gave it, or the other way round.',
    sql: `select 'order ' || number || ': ' || orders.discount_fen || ' fen, ' || coalesce(coupon_code, 'no code') as what
      from orders left join coupon_uses on order_id = orders.id
      where orders.discount_fen <> coalesce(coupon_uses.discount_fen, 0)
        or (coupon_code is null) <> (order_id is null)`,
  },
  coupon_is_held_by_order: {
    invariant: 'I19',
    sentence: 'An order that ended keeps its coupon, or one that stands has given it back.',
    sql: `select 'order ' || number || ': ' || state as what from orders join coupon_uses on order_id = orders.id
      where (state in ('cancelled', 'expired')) <> (given_back_at is not null)`,
  },
  coupon_uses_are_orders: {
    invariant: 'I19',
    sentence: 'The uses of a coupon are not the orders that hold it, or more than it allows.',
    sql: `select 'coupon ' || code || ': ' || uses || ', held ' || held as what
      from coupons cross join lateral (
        select count(*) as held from coupon_uses
        where coupon_id = coupons.id and given_back_at is null and counted
      ) as standing
      where uses <> held or uses > uses_at_most`,
  },
  customer_uses_are_orders: {
    invariant: 'I19',
    sentence: 'The uses of a coupon by one customer are not that customer’s orders which hold it.',
    sql: `select 'coupon ' || coupon_id || ', customer ' || customer || ': ' || coalesce(uses, 0) || ', held '
        || coalesce(held, 0) as what
      from coupon_customers full join (
        select coupon_id, customer, count(*) as held from coupon_uses, unnest(customers) as customer
        where given_back_at is null and counted group by 1, 2
      ) as standing using (coupon_id, customer)
      where coalesce(uses, 0) <> coalesce(held, 0)`,
  },
} as const satisfies Record<string, AuditRule>
