import { findOrder } from '#db/orders/find-order.ts'
import { answerDocument } from '../../../answer-document.ts'

/** The invoice or the receipt of the order that a secret opens. */
export async function GET(
  _: Request,
  { params }: RouteContext<'/api/orders/[secret]/documents/[kind]'>,
): Promise<Response> {
  const { secret, kind } = await params
  return answerDocument(await findOrder(secret), kind)
}
