import { randomUUID } from 'node:crypto'
import { confirmReceipt } from '../../db/fulfilment/confirm-receipt.ts'
import { markDelivered } from '../../db/fulfilment/mark-delivered.ts'
import { shipLines } from '../../db/fulfilment/ship-lines.ts'
import { undoShipment } from '../../db/fulfilment/undo-shipment.ts'
import { permitFor } from '../../db/testing/permit-for.ts'
import type { GoodsAct } from '../story/act.ts'

/** Of one order, as the people at the packing bench have it before them. */
export type Bench = {
  readonly orderId: string
  /** The parcels that somebody packed, whether they went or not. */
  readonly parcels: string[]
}

const packer = (person: number) => permitFor('orders.ship', `packer-${person}`)

/** @returns what each was told. */
export async function moveGoods({ orderId, parcels }: Bench, act: GoodsAct): Promise<string> {
  const parcelId = parcels.at(-1) ?? randomUUID()
  switch (act.kind) {
    case 'ship':
      return ship({ orderId, parcels }, act)
    case 'undo':
      return said(await undoShipment(packer(0), { parcelId, ip: null }))
    case 'arrive':
      return said(await markDelivered(packer(0), { parcelId, ip: null }))
    case 'confirm':
      return said(await confirmReceipt(orderId, { actor: 'shopper' }))
  }
}

async function ship({ orderId, parcels }: Bench, { part, people, clicks }: Extract<GoodsAct, { kind: 'ship' }>) {
  const packed = Array.from({ length: people }, (_, person) => {
    const parcelId = randomUUID()
    const trackingNumber = `SF${parcelId.replaceAll('-', '').toUpperCase()}`.slice(0, 20)
    const lines = part === 'rest' ? part : [{ position: 0, quantity: 1 }]
    return { person, parcel: { parcelId, orderId, lines, carrier: 'sf', trackingNumber, ip: null } as const }
  })
  parcels.push(...packed.map(({ parcel }) => parcel.parcelId))
  const sent = packed.flatMap(({ person, parcel }) =>
    Array.from({ length: clicks }, () => shipLines(packer(person), parcel)),
  )
  return (await Promise.all(sent)).map(said).join()
}

/** A word on what somebody was told. */
export const said = (
  answer: { readonly ok: true } | { readonly ok: false; readonly error: { readonly code: string } },
) => (answer.ok ? 'done' : answer.error.code)
