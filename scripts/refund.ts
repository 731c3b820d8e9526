import { randomUUID } from 'node:crypto'
import { sql } from '#db/client.ts'
import { findOrderId } from '#db/orders/find-order-id.ts'
import { listTroubledRefunds } from '#db/refunds/list-troubled-refunds.ts'
import { requestRefund } from '#db/refunds/request-refund.ts'
import { resendRefund } from '#db/refunds/resend-refund.ts'
import { toFen, toYuan } from '#lib/domain/money.ts'
import { nextStep } from '#lib/domain/refund-state.ts'
import { type RefundCommand, readRefundCommand } from '#lib/refunds/read-refund-command.ts'

// Gives money back for an order, or sends a failed refund again; the worker does the rest. Exits with 1 when refused.

const USAGE = `npm run refund -- <order number> --by <you> (--amount 12.50 | --line 1x2 … [--shipping 5.00] [--restock]) [--reason …]
npm run refund -- --waiting
npm run refund -- --by <you> --resend <request>`

const NEXT_STEPS = {
  resend: 'see why, top up or wait if need be, then send it again with --resend',
  ask_shopper: 'ask the shopper where the money may go and pay it out at the provider; it is booked when that says so',
} as const

const command = readRefundCommand(process.argv.slice(2))
const said = command.ok
  ? await run(command.value).finally(() => sql.end({ timeout: 5 }))
  : refuse(`${command.error.reason}\n\n${USAGE}`)
console.log(said)

async function run(asked: RefundCommand): Promise<string> {
  if (asked.kind === 'list') return list()
  if (asked.kind === 'resend') {
    const sent = await resendRefund(asked.requestId, asked)
    return sent.ok ? `Refund ${sent.value.refundNo} is being sent again.` : refuse(tell(sent.error))
  }
  const orderId = await findOrderId(asked.number)
  if (orderId === null) return refuse(`There is no order ${asked.number}.`)
  const requested = await requestRefund({ ...asked, requestId: randomUUID(), orderId, cause: 'staff' })
  return requested.ok
    ? `¥${toYuan(requested.value.amount)} of order ${asked.number} go back, request ${requested.value.requestId}.`
    : refuse(tell(requested.error))
}

async function list(): Promise<string> {
  const waiting = (await listTroubledRefunds()).map(({ state, amount, ...refund }) => {
    const step = nextStep(state)
    return `¥${toYuan(amount)} of order ${refund.orderNumber}, ${refund.provider} ${refund.refundNo}: ${state} (${refund.providerCode})
  request ${refund.requestId}
  ${step && NEXT_STEPS[step]}`
  })
  return waiting.length > 0 ? waiting.join('\n') : 'No refund waits for a person.'
}

/** The refusal with what belongs to it: `over_rest, left ¥60.00`. */
function tell({ code, ...more }: { readonly code: string }): string {
  const told = Object.entries(more).map(([name, value]) => {
    if (name === 'position') return `line ${Number(value) + 1}`
    if (typeof value === 'bigint') return `${name} ¥${toYuan(toFen(value))}`
    return `${name} ${value instanceof Date ? value.toISOString() : value}`
  })
  return `Refused, nothing changed. ${[code, ...told].join(', ')}`
}

function refuse(reason: string): string {
  process.exitCode = 1
  return reason
}
