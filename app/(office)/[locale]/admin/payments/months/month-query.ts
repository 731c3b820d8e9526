import { z } from 'zod'
import { addMonths, firstOfMonth, monthOf } from '#lib/domain/calendar-day.ts'
import { toShanghaiDay } from '#lib/domain/shanghai-time.ts'

const Query = z.object({
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
    .optional()
    .catch(undefined),
})

/** The month that is asked for, `yyyy-MM`; the last whole one otherwise. */
export const readMonth = (search: unknown, now: Date): string =>
  Query.parse(search).month ?? monthOf(addMonths(firstOfMonth(toShanghaiDay(now)), -1))
