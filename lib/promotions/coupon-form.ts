import { z } from 'zod'
import { readCouponCode } from '#lib/domain/coupon-code.ts'
import { COUPON_KINDS } from '#lib/domain/judge-coupon.ts'
import { parseYuan, ZERO_FEN } from '#lib/domain/money.ts'
import { parseShanghaiTime, toShanghaiTime } from '#lib/domain/shanghai-time.ts'

const INVALID = 'form.errors.invalid'

/** An empty field is none; `read` gives null for what it can't be. */
const optional = <T>(read: (text: string) => T | null) =>
  z
    .string()
    .max(200)
    .transform((text, context): T | null => {
      if (text.trim() === '') return null
      const value = read(text.trim())
      if (value === null) context.addIssue({ code: 'custom', message: INVALID })
      return value
    })
const PERCENT = /^(\d{1,3})(?:[.,](\d{1,2}))?$/
const readPercent = (text: string): number | null => {
  const [, whole, fraction = ''] = PERCENT.exec(text) ?? []
  const basisPoints = whole === undefined ? 0 : Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
  return basisPoints >= 1 && basisPoints <= 10_000 ? basisPoints : null
}
const readCount = (text: string): number | null => (/^[1-9]\d{0,6}$/.test(text) ? Number(text) : null)
const readTime = (text: string): Date | null => parseShanghaiTime(`${text.replace('T', ' ')}:00`)

/** What a `datetime-local` field shows of an instant: the wall clock in China. */
export const timeField = (at: Date | null): string => (at ? toShanghaiTime(at).slice(0, 16).replace(' ', 'T') : '')

export const codeField = z.string().transform((typed, context) => {
  const code = readCouponCode(typed)
  if (code === null) context.addIssue({ code: 'custom', message: 'officePromotions.wrong.code' })
  return code ?? z.NEVER
})

/** What a coupon gives, when, to whom and how often, as staff type it. Times are those of China. */
export const CouponFields = z.object({
  kind: z.enum(COUPON_KINDS),
  percent: optional(readPercent),
  amount: optional((text) => {
    const amount = parseYuan(text)
    return amount && amount > 0n ? amount : null
  }),
  threshold: optional(parseYuan).transform((amount) => amount ?? ZERO_FEN),
  startsAt: optional(readTime),
  endsAt: optional(readTime),
  usesAtMost: optional(readCount),
  usesPerCustomer: optional(readCount),
  categories: z
    .array(
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
    )
    .default([]),
  /** Slugs of pieces, with spaces, commas or line ends between. */
  pieces: z
    .string()
    .max(4_000)
    .transform((text) => [...new Set(text.split(/[\s,，、]+/).filter(Boolean))]),
  note: z.string().max(400),
})
export type CouponInput = z.output<typeof CouponFields>

/** The field that is wrong beside others that are right, if any: a kind without its value, an end before its start. */
export function wrongTogether({ kind, percent, amount, startsAt, endsAt }: CouponInput) {
  if (kind === 'percent' && percent === null) return { percent: 'officePromotions.wrong.percent' } as const
  if (kind === 'fixed' && amount === null) return { amount: 'officePromotions.wrong.amount' } as const
  if (startsAt && endsAt && startsAt >= endsAt) return { endsAt: 'officePromotions.wrong.window' } as const
  return null
}
