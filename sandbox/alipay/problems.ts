/** Why the gateway refuses, in its own words, misspellings included: clients match on them. */
export interface Problem {
  readonly code: string
  readonly msg: string
  readonly subCode: string
  readonly subMsg: string
}

const MESSAGES: Record<string, string> = {
  '20000': 'Service Currently Unavailable',
  '40001': 'Missing Required Arguments',
  '40002': 'Invalid Arguments',
  '40004': 'Business Failed',
  '40005': 'Call Limited',
  '40006': 'Insufficient Permissions',
}

const SUB_MESSAGES = {
  'isp.unknow-error': ['20000', '系统繁忙'],
  'aop.unknow-error': ['20000', '系统繁忙'],
  'isv.missing-method': ['40001', '缺少方法名参数'],
  'isv.missing-signature': ['40001', '缺少签名参数'],
  'isv.missing-signature-type': ['40001', '缺少签名类型参数'],
  'isv.missing-app-id': ['40001', '缺少appId参数'],
  'isv.missing-timestamp': ['40001', '缺少时间戳参数'],
  'isv.missing-version': ['40001', '缺少版本参数'],
  'isv.invalid-parameter': ['40002', '参数无效'],
  'isv.invalid-method': ['40002', '不存在的方法名'],
  'isv.invalid-format': ['40002', '无效的数据格式'],
  'isv.invalid-signature-type': ['40002', '无效的签名类型'],
  'isv.invalid-signature': ['40002', '验签出错'],
  'isv.invalid-app-id': ['40002', '无效的AppID参数'],
  'isv.invalid-timestamp': ['40002', '非法的时间戳参数'],
  'isv.invalid-charset': ['40002', '字符集错误'],
  'isv.invalid-version': ['40002', '无效的版本参数'],
  'isv.invalid-app-cert-sn': ['40002', '应用公钥证书SN不匹配'],
  'isv.invalid-root-cert-sn': ['40002', '支付宝根证书SN不匹配'],
  'isv.decryption-error-not-valid-encrypt-type': ['40002', '解密出错, 不支持的加密算法'],
  'isv.decryption-error-unknown': ['40002', '解密出错, 未知错误'],
  'isv.call-limited': ['40005', '应用调用次数超限'],
  'isv.insufficient-isv-permissions': ['40006', 'ISV权限不足，建议在开发者中心检查对应功能是否已经添加'],
  'ACQ.ACCESS_FORBIDDEN': ['40006', '无权限使用接口'],
  'ACQ.SYSTEM_ERROR': ['40004', '系统异常'],
  'ACQ.INVALID_PARAMETER': ['40004', '参数无效'],
  'ACQ.TRADE_NOT_EXIST': ['40004', '交易不存在'],
  'ACQ.TRADE_HAS_SUCCESS': ['40004', '交易已被支付'],
  'ACQ.TRADE_HAS_CLOSE': ['40004', '交易已经关闭'],
  'ACQ.TRADE_HAS_FINISHED': ['40004', '交易已完结'],
  'ACQ.TRADE_STATUS_ERROR': ['40004', '交易状态不合法'],
  'ACQ.CONTEXT_INCONSISTENT': ['40004', '交易信息被篡改'],
  'ACQ.TOTAL_FEE_EXCEED': ['40004', '订单总金额超过限额'],
  'ACQ.REASON_TRADE_STATUS_INVALID': ['40004', '交易状态异常'],
  'ACQ.REASON_TRADE_REFUND_FEE_ERR': ['40004', '退款金额无效'],
  'ACQ.REFUND_FEE_ERROR': ['40004', '交易退款金额有误'],
  'ACQ.DISCORDANT_REPEAT_REQUEST': ['40004', '不一致的请求'],
  'ACQ.SELLER_BALANCE_NOT_ENOUGH': ['40004', '卖家余额不足'],
  'ACQ.TRADE_CANCEL_TIME_OUT': ['40004', '超过撤销时间范围'],
  INVAILID_ARGUMENTS: ['40004', '入参不合法'],
  BILL_NOT_EXIST: ['40004', '账单不存在'],
  'isv.cert-not-exist': ['40004', '证书不存在'],
} as const satisfies Record<string, readonly [code: string, subMsg: string]>

export type SubCode = keyof typeof SUB_MESSAGES

/** @param detail replaces the usual explanation, or is added after it when it starts with a comma */
export function problem(subCode: SubCode, detail?: string): Problem {
  const [code, usual] = SUB_MESSAGES[subCode]
  const subMsg = detail === undefined ? usual : detail.startsWith('，') ? usual + detail : detail
  return { code, msg: MESSAGES[code] ?? '', subCode, subMsg }
}

/** What a method has to say: its fields, or why not. */
export type Outcome = { readonly fields: Fields } | { readonly problem: Problem; readonly fields?: Fields }
export type Fields = Record<string, unknown>
