import type { z } from 'zod'
import { readBiz } from '../biz-fields.ts'
import { type Outcome, problem } from '../problems.ts'
import type { AlipayRoom } from '../room.ts'
import { findTrade, type Trade } from '../trades.ts'

interface Choice {
  readonly out_trade_no?: string | undefined
  readonly trade_no?: string | undefined
}

/** Finds the trade that a request means, by Alipay's number when both are given. */
export function chooseTrade<T extends Choice>(
  room: AlipayRoom,
  schema: z.ZodType<T>,
  biz: unknown,
): { readonly value: T; readonly trade: Trade | null } | (Outcome & { readonly value?: undefined }) {
  const read = readBiz(schema, biz)
  if ('problem' in read) return { problem: read.problem }
  const { trade_no: tradeNo, out_trade_no: outTradeNo } = read.value
  return {
    value: read.value,
    trade: tradeNo ? findTrade(room, { tradeNo }) : outTradeNo ? findTrade(room, { outTradeNo }) : null,
  }
}

export const noSuchTrade: Outcome = { problem: problem('ACQ.TRADE_NOT_EXIST') }
