import { findAccountOrder } from '#db/orders/find-order.ts'
import { currentAccount } from '#lib/auth/current-account.ts'
import { answerDocument } from '../../../../../orders/answer-document.ts'

/** The invoice or the receipt of a customer's order; somebody else's is as one that is not there. */
export async function GET(
  _: Request,
  { params }: RouteContext<'/api/account/orders/[number]/documents/[kind]'>,
): Promise<Response> {
  const [{ number, kind }, account] = await Promise.all([params, currentAccount()])
  return answerDocument(account && (await findAccountOrder(account.id, number)), kind)
}
