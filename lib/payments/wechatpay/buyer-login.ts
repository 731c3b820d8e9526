import { z } from 'zod'
import { err, ok, type Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import type { BuyerLogin } from '../port.ts'
import { readAll, reasonOf } from '../read-response.ts'
import { parseJson } from './read-answer.ts'

export type LoginSettings = {
  readonly appId: string
  /** The secret of the official account, not of the merchant. */
  readonly appSecret: string
  /** The page of WeChat that a buyer is sent to. */
  readonly authorizeUrl: string
  /** Where a code is exchanged. */
  readonly openidUrl: string
}

const TIMEOUT_MS = 5_000
const MAX_ANSWER_BYTES = 65_536
const CODE = /^[0-9A-Za-z_-]{1,128}$/

/** Success and failure both come with status 200; there is no signature, TLS to a configured host is all there is. */
const OpenidAnswer = z.union([
  z.object({ openid: z.string().min(1).max(128) }),
  z.object({ errcode: z.number().int(), errmsg: z.string().default('') }),
])
const BUSY = -1

/** The OAuth redirect of official accounts, scope `snsapi_base`: the buyer sees nothing and is asked nothing. */
export function createBuyerLogin(settings: LoginSettings): BuyerLogin {
  return {
    url: ({ returnUrl, state }) => {
      const url = new URL(settings.authorizeUrl)
      // WeChat wants them in this order, and its own fragment.
      url.searchParams.append('appid', settings.appId)
      url.searchParams.append('redirect_uri', returnUrl)
      url.searchParams.append('response_type', 'code')
      url.searchParams.append('scope', 'snsapi_base')
      url.searchParams.append('state', state)
      url.hash = 'wechat_redirect'
      return url.href
    },
    openid: (code) => exchangeCode(settings, code),
  }
}

async function exchangeCode(settings: LoginSettings, code: string): Promise<Result<string, CallError>> {
  if (!CODE.test(code)) return err({ code: 'invalid_request', reason: 'the code is not one' })
  const url = new URL(settings.openidUrl)
  url.searchParams.append('appid', settings.appId)
  url.searchParams.append('secret', settings.appSecret)
  url.searchParams.append('code', code)
  url.searchParams.append('grant_type', 'authorization_code')
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
    const body = await readAll(response, MAX_ANSWER_BYTES)
    const answer = OpenidAnswer.safeParse(body && parseJson(body))
    if (response.status !== 200 || !answer.success) {
      return err({ code: 'unknown', reason: `the login answered HTTP ${response.status} without an openid` })
    }
    if ('openid' in answer.data) return ok(answer.data.openid)
    const { errcode, errmsg } = answer.data
    if (errcode === BUSY) return err({ code: 'unknown', reason: errmsg })
    return err({ code: 'refused', providerCode: String(errcode), message: errmsg.slice(0, 200) })
  } catch (error) {
    return err({ code: 'unknown', reason: reasonOf(error) })
  }
}
