/** Why the gateway refuses, in its own words. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly detail?: Record<string, unknown>
}

const PROBLEMS = {
  PARAM_ERROR: [400, '参数错误'],
  INVALID_REQUEST: [400, '无效请求'],
  APPID_MCHID_NOT_MATCH: [400, 'appid和mch_id不匹配'],
  MCH_NOT_EXISTS: [400, '商户号不存在'],
  INVALID_TRANSACTIONID: [400, '订单号非法'],
  ORDER_CLOSED: [400, '订单已关闭'],
  ORDER_PAID: [400, '该订单已支付'],
  NO_STATEMENT_EXIST: [400, '账单文件不存在'],
  STATEMENT_CREATING: [400, '账单文件正在生成'],
  SIGN_ERROR: [401, '错误的签名，验签失败'],
  NO_AUTH: [403, '商户无权限'],
  OUT_TRADE_NO_USED: [403, '商户订单号重复'],
  NOT_ENOUGH: [403, '基本账户余额不足，请充值后重新发起'],
  USER_ACCOUNT_ABNORMAL: [403, '用户账户异常'],
  RULE_LIMIT: [403, '业务规则限制'],
  ORDER_NOT_EXIST: [404, '订单不存在'],
  RESOURCE_NOT_EXISTS: [404, '资源不存在'],
  FREQUENCY_LIMITED: [429, '频率超限'],
  SYSTEM_ERROR: [500, '系统错误'],
  OPENID_MISMATCH: [500, 'openid和appid不匹配'],
} as const satisfies Record<string, readonly [status: number, message: string]>

export type ProblemCode = keyof typeof PROBLEMS

/** Codes of which the documents have two spellings. */
const OLD_SPELLINGS: Record<string, string> = {
  ORDER_PAID: 'ORDERPAID',
  ORDER_NOT_EXIST: 'ORDERNOTEXIST',
  FREQUENCY_LIMITED: 'RATELIMIT_EXCEEDED',
}

export function problem(code: ProblemCode, message?: string, detail?: Record<string, unknown>): Problem {
  const [status, usual] = PROBLEMS[code]
  return { status, code, message: message ?? usual, ...(detail ? { detail } : {}) }
}

/** @param field a JSON pointer into the body, or a name in the query */
export const paramError = (
  location: 'body' | 'query' | 'url',
  field: string,
  issue: string,
  value?: unknown,
): Problem =>
  problem('PARAM_ERROR', `输入源“/${location}${field.startsWith('/') ? field : `/${field}`}”${issue}`, {
    location,
    field,
    value,
    issue,
  })

export const inOldSpelling = (found: Problem): Problem => ({
  ...found,
  code: OLD_SPELLINGS[found.code] ?? found.code,
})

export type Fields = Record<string, unknown>

/** What a call has to say: its fields, nothing (204), plain text in a file, or why not. */
export type Outcome =
  | { readonly fields: Fields }
  | { readonly empty: true }
  | { readonly file: Buffer; readonly type: string }
  | { readonly problem: Problem }
