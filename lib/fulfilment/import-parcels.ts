import 'server-only'
import { randomUUID } from 'node:crypto'
import { readPacking } from '#db/fulfilment/read-packing.ts'
import type { BadParcelLine } from '#db/fulfilment/schema.ts'
import { type ShipLinesError, shipLines } from '#db/fulfilment/ship-lines.ts'
import { type CarrierCode, carrierByName, carrierByNumber, parseTrackingNumber } from '../domain/carriers.ts'
import type { LineUnits } from '../domain/decide-refund.ts'
import { type OrderNumber, parseOrderNumber } from '../domain/order-number.ts'
import type { Permit } from '../domain/permissions.ts'
import { err, ok, type Result } from '../result.ts'
import type { ParcelFileLine } from './read-parcel-file.ts'

export type ImportedParcels = {
  readonly sent: number
  /** Parcels that were sent with the same number before. */
  readonly repeated: number
  readonly bad: readonly BadParcelLine[]
}

/** Why a line was not applied, in words. */
export type TellProblem = (problem: LineProblem | ShipLinesError) => string
export type LineProblem = {
  readonly code: 'order' | 'unknown_order' | 'carrier' | 'tracking' | 'sku' | 'quantity' | 'two_orders'
  readonly column: string
}

type Label = { readonly number: OrderNumber; readonly carrier: CarrierCode; readonly trackingNumber: string }
type Importing = { readonly permit: Permit<'orders.ship'>; readonly ip: string | null; readonly tell: TellProblem }

/**
 * Sends the parcels that a file names, each on its own: what is right is sent, what is not comes back with its line,
 * column and reason. The same file again sends nothing twice.
 */
export async function importParcels(lines: readonly ParcelFileLine[], importing: Importing): Promise<ImportedParcels> {
  const bad: BadParcelLine[] = []
  const refuse = (rows: readonly ParcelFileLine[], column: string, reason: string) => {
    for (const { line, cells } of rows) bad.push({ line, cells, column, reason })
  }
  const parcels = new Map<string, { label: Label; rows: ParcelFileLine[] }>()
  for (const row of lines) {
    const label = readLabel(row)
    if (!label.ok) refuse([row], label.error.column, importing.tell(label.error))
    else {
      const { carrier, trackingNumber } = label.value
      const known = parcels.get(`${carrier} ${trackingNumber}`)
      if (known && known.label.number !== label.value.number)
        refuse([row], 'tracking', importing.tell({ code: 'two_orders', column: 'tracking' }))
      else if (known) known.rows.push(row)
      else parcels.set(`${carrier} ${trackingNumber}`, { label: label.value, rows: [row] })
    }
  }

  let [sent, repeated] = [0, 0]
  for (const { label, rows } of parcels.values()) {
    const outcome = await send(label, rows, importing)
    if (outcome.ok && outcome.value === 'sent') sent += 1
    else if (outcome.ok) repeated += 1
    else refuse(rows, outcome.error.column, outcome.error.reason)
  }
  return { sent, repeated, bad: bad.toSorted((one, other) => one.line - other.line) }
}

function readLabel({ values }: ParcelFileLine): Result<Label, LineProblem> {
  const number = parseOrderNumber(values.order)
  if (number === null) return err({ code: 'order', column: 'order' })
  const trackingNumber = parseTrackingNumber(values.tracking)
  if (trackingNumber === null) return err({ code: 'tracking', column: 'tracking' })
  const carrier = values.carrier ? carrierByName(values.carrier) : carrierByNumber(trackingNumber)
  return carrier ? ok({ number, carrier, trackingNumber }) : err({ code: 'carrier', column: 'carrier' })
}

type NotSent = { readonly code: 'not_sent'; readonly column: string; readonly reason: string }

async function send(
  { number, carrier, trackingNumber }: Label,
  rows: readonly ParcelFileLine[],
  { permit, ip, tell }: Importing,
): Promise<Result<'sent' | 'repeated', NotSent>> {
  const notSent = (column: string, reason: string) => err({ code: 'not_sent', column, reason } as const)
  const packing = await readPacking(permit, number)
  if (!packing) return notSent('order', tell({ code: 'unknown_order', column: 'order' }))
  if (packing.parcels.some((one) => one.carrier === carrier && one.trackingNumber === trackingNumber))
    return ok('repeated')
  const units = readUnits(rows, packing.lines)
  if (!units.ok) return notSent(units.error.column, tell(units.error))
  const parcel = { parcelId: randomUUID(), orderId: packing.id, lines: units.value, carrier, trackingNumber, ip }
  const shipped = await shipLines(permit, parcel)
  if (shipped.ok) return ok('sent')
  const { code } = shipped.error
  const column = code === 'tracking_used' ? 'tracking' : 'position' in shipped.error ? 'quantity' : 'order'
  return notSent(column, tell(shipped.error))
}

/** All that is left, where no line names a piece. */
function readUnits(
  rows: readonly ParcelFileLine[],
  lines: readonly { readonly position: number; readonly sku: string }[],
): Result<readonly LineUnits[] | 'rest', LineProblem> {
  if (rows.every(({ values }) => values.sku === '' && values.quantity === '')) return ok('rest')
  const units = new Map<number, number>()
  for (const { values } of rows) {
    const line = lines.find(({ sku }) => sku.toLowerCase() === values.sku.toLowerCase())
    if (!line) return err({ code: 'sku', column: 'sku' })
    if (!/^[1-9]\d?$/.test(values.quantity)) return err({ code: 'quantity', column: 'quantity' })
    units.set(line.position, (units.get(line.position) ?? 0) + Number(values.quantity))
  }
  return ok([...units].map(([position, quantity]) => ({ position, quantity })))
}
