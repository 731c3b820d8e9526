import 'server-only'
import { type DbOrTransaction, db } from '../client.ts'
import { hashSecret, newOrderSecret } from './order-secret.ts'
import { orderLinks } from './schema.ts'

/** Makes one more secret that opens the order, for a link that we send. @returns the secret, which is kept nowhere. */
export async function addOrderLink(orderId: string, within: DbOrTransaction = db): Promise<string> {
  const secret = newOrderSecret()
  await within.insert(orderLinks).values({ secretHash: hashSecret(secret), orderId })
  return secret
}
