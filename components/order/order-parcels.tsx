import type { ShownParcel } from '#lib/orders/shown-parcel.ts'
import { OrderRows } from './order-rows.tsx'

/** What is on its way, or has arrived, by whom and where it can be seen. */
export function OrderParcels({
  parcels,
  title,
  track,
}: {
  parcels: readonly ShownParcel[]
  title: string
  track: string
}) {
  if (parcels.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      {parcels.map((parcel) => (
        <div key={parcel.title} className="order-parcel">
          <h3>{parcel.title}</h3>
          <p className="order-note">{parcel.pieces.join(' · ')}</p>
          <OrderRows rows={parcel.rows} />
          <a
            className="link"
            href={parcel.href}
            target="_blank"
            rel="noreferrer"
            aria-label={`${track} ${parcel.title}`}
          >
            {track}
          </a>
        </div>
      ))}
    </section>
  )
}
