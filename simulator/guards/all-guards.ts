import { DATABASE_GUARDS } from './database-guards.ts'
import type { Guard } from './guard.ts'
import { MESSAGE_GUARDS } from './message-guards.ts'
import { ORDER_GUARDS } from './order-guards.ts'
import { REFUND_GUARDS } from './refund-guards.ts'
import { SETTLEMENT_GUARDS } from './settlement-guards.ts'

export const GUARDS: readonly Guard[] = [
  ...ORDER_GUARDS,
  ...SETTLEMENT_GUARDS,
  ...REFUND_GUARDS,
  ...MESSAGE_GUARDS,
  ...DATABASE_GUARDS,
]
