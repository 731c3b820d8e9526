/**
 * What the gateway answers, in its own words. The two-character code is for programs, the number in brackets at the end
 * of the message for people who ask the support; most of those numbers are not published, and guessed here.
 */
const RESPONSES = {
  '00': ['成功', '0000000'],
  '01': ['交易失败', '1000001'],
  '02': ['系统未开放或暂时关闭，请稍后再试', '1000002'],
  '03': ['交易通讯超时，请发起查询交易', '1000003'],
  '04': ['交易状态未明，请查询对账结果', '1000004'],
  '05': ['交易已受理，请稍后查询交易结果', '1000005'],
  '06': ['系统繁忙，请稍后再试', '1000006'],
  '10': ['报文格式错误', '6100030'],
  '11': ['验证签名失败', '9100004'],
  '12': ['重复交易', '2010002'],
  '13': ['报文交易要素缺失', '6131001'],
  '31': ['商户状态不正确', '3100001'],
  '34': ['查无此交易', '2600000'],
  '35': ['原交易不存在或状态不正确', '2040004'],
  '36': ['与原交易信息不符', '2050004'],
  '39': ['交易不在受理时间范围内', '2040006'],
  '60': ['交易失败，详情请咨询您的发卡行', '1000060'],
  '61': ['输入的卡号无效，请确认后输入', '1000061'],
  '64': ['卡上的余额不足', '1000051'],
  '66': ['持卡人身份信息或手机号输入不正确，验证失败', '1000066'],
  '71': ['动态口令或短信验证码校验失败', '1000071'],
  '98': ['文件不存在', '9800001'],
  A6: ['有缺陷的成功', '1000A60'],
} as const satisfies Record<string, readonly [words: string, inner: string]>

export type RespCode = keyof typeof RESPONSES

export const isRespCode = (code: string): code is RespCode => Object.hasOwn(RESPONSES, code)

/** `成功[0000000]` @param detail stands before the bracket, such as the name of a field */
export function respMsg(code: RespCode, detail?: string): string {
  const [words, inner] = RESPONSES[code]
  return `${words}${detail === undefined ? '' : `：${detail}`}[${inner}]`
}

/** What a call has to say besides the fields that every answer repeats from its request. */
export interface Outcome {
  readonly code: RespCode
  readonly detail?: string | undefined
  readonly fields?: Fields
}

/** Empty and undefined ones are neither sent nor signed. */
export type Fields = Readonly<Record<string, string | undefined>>
