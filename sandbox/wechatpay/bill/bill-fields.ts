import { z } from 'zod'

const Day = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
const TarType = z.literal('GZIP').optional()

export const TradeBillChoice = z.strictObject({
  bill_date: Day,
  bill_type: z.enum(['ALL', 'SUCCESS', 'REFUND']).default('ALL'),
  tar_type: TarType,
})
export const FundFlowChoice = z.strictObject({
  bill_date: Day,
  account_type: z.enum(['BASIC', 'OPERATION', 'FEES']).default('BASIC'),
  tar_type: TarType,
})
export type TradeBillType = z.infer<typeof TradeBillChoice>['bill_type']
