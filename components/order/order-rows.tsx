import type { Rows } from '#lib/checkout/shown-order.ts'

/** Names and values one under the other, the values in a column of their own. */
export function OrderRows({ rows }: { rows: Rows }) {
  return (
    <dl className="order-rows">
      {rows.map(([name, value]) => (
        <div key={`${name} ${value}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
