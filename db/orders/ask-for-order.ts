import 'server-only'
import type { OrderNumber } from '#lib/domain/order-number.ts'
import { db } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'

/** Leaves it to the worker to look for an order and to mail a link to it: whoever asks learns nothing by the time. */
export const askForOrder = (number: OrderNumber, email: string): Promise<void> =>
  enqueue(db, { name: 'mail-order-ticket', data: { number, email } })
