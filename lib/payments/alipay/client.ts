import type { z } from 'zod'
import type { Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import type { AlipayKeys } from './alipay-keys.ts'
import { type Content, callGateway, type GatewayAccess } from './gateway.ts'
import type { GatewayAnswer } from './read-answer.ts'

/** What the calls of this room share: who we are, whose signatures we believe, and where notifications go. */
export type AlipayClient = {
  readonly access: GatewayAccess
  readonly keys: AlipayKeys
  readonly sellerId: string
  readonly notifyUrl: string
}

/** `callGateway` for one method of trades, all of which begin with `alipay.`. */
export const call = <T>(
  { access, keys }: AlipayClient,
  method: `alipay.${string}`,
  content: Content,
  answer: z.ZodType<T>,
): Promise<Result<GatewayAnswer<T>, CallError>> => callGateway(access, keys, { method, content, answer })
