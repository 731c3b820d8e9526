import { parseArgs } from 'node:util'
import type { RefundWish } from '../domain/decide-refund.ts'
import { parseYuan, ZERO_FEN } from '../domain/money.ts'
import { type OrderNumber, parseOrderNumber } from '../domain/order-number.ts'
import { err, ok, type Result } from '../result.ts'

export type RefundCommand =
  | {
      readonly kind: 'request'
      readonly number: OrderNumber
      readonly wish: RefundWish
      readonly actor: string
      readonly reason: string | null
    }
  | { readonly kind: 'resend'; readonly requestId: string; readonly actor: string }
  /** Show what waits for a person. */
  | { readonly kind: 'list' }

type WrongCommand = { readonly code: 'wrong_command'; readonly reason: string }
const wrong = (reason: string) => err({ code: 'wrong_command', reason })

const LINE = /^([1-9]\d?)x([1-9]\d?)$/
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const OPTIONS = {
  by: { type: 'string' },
  amount: { type: 'string' },
  line: { type: 'string', multiple: true, default: [] as string[] },
  shipping: { type: 'string', default: '0' },
  restock: { type: 'boolean', default: false },
  reason: { type: 'string' },
  resend: { type: 'string' },
  waiting: { type: 'boolean', default: false },
} as const

/** Reads what staff typed: `<order> --by mei --line 1x2 --shipping 5.00 --restock`, `--by mei --resend <request>`, or `--waiting`. */
export function readRefundCommand(args: readonly string[]): Result<RefundCommand, WrongCommand> {
  const parsed = parse(args)
  if (!parsed) return wrong('an option that there is not, or one without its value')
  const { values, positionals } = parsed
  if (values.waiting) return ok({ kind: 'list' })
  if (!values.by || !/^[\w.-]{1,40}$/.test(values.by)) return wrong('--by must say who you are: letters and digits')
  const actor = `staff:${values.by}`
  if (values.resend !== undefined) {
    return UUID.test(values.resend)
      ? ok({ kind: 'resend', requestId: values.resend, actor })
      : wrong('--resend must name a request')
  }
  const number = positionals.length === 1 ? parseOrderNumber(positionals[0] ?? '') : null
  if (!number) return wrong('say one order number, all of it')
  const wish = readWish(values)
  return wish.ok ? ok({ kind: 'request', number, wish: wish.value, actor, reason: values.reason ?? null }) : wish
}

type Options = NonNullable<ReturnType<typeof parse>>['values']

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch {
    return null
  }
}

function readWish({ amount, line, shipping, restock }: Options): Result<RefundWish, WrongCommand> {
  if (amount !== undefined) {
    const sum = parseYuan(amount)
    if (line.length > 0 || shipping !== '0' || restock) return wrong('--amount goes alone, without lines or sending')
    return sum === null ? wrong('--amount must be yuan, such as 12.50') : ok({ by: 'amount', amount: sum })
  }
  const lines = line.map((text) => LINE.exec(text))
  if (lines.includes(null)) return wrong('--line must be a line and units, such as 1x2 for two of the first line')
  const fee = parseYuan(shipping)
  if (fee === null) return wrong('--shipping must be yuan, such as 5.00')
  if (lines.length === 0 && fee === ZERO_FEN) return wrong('say what goes back: --amount, --line or --shipping')
  const units = lines.map((match) => ({ position: Number(match?.[1]) - 1, quantity: Number(match?.[2]) }))
  return ok({ by: 'lines', lines: units, shipping: fee, restock })
}
