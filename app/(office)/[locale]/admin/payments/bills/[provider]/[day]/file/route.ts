import { z } from 'zod'
import { findBillFile, readBillParts } from '#db/reconciliation/read-bill-file.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'

const Params = z.object({ provider: z.enum(PROVIDER_NAMES), day: z.iso.date() })

/** The bill of a day byte for byte, as it came; in pieces, whatever its length. */
export async function GET(
  _: Request,
  { params }: RouteContext<'/[locale]/admin/payments/bills/[provider]/[day]/file'>,
): Promise<Response> {
  const permit = await permitted('payments.read')
  const { provider, day } = await params
  const asked = Params.safeParse({ provider, day })
  const file = asked.success ? await findBillFile(permit, asked.data) : null
  if (!file) return new Response(null, { status: 404 })
  return new Response(streamOf(readBillParts(file.id)), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': file.bytes.toString(),
      'content-disposition': `attachment; filename="bill_${provider}_${day}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  })
}

/** Asks for the next piece only when the one before was taken. */
const streamOf = (parts: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => {
      await parts.return(undefined)
    },
  })
