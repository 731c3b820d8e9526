export const SCHEME = 'WECHATPAY2-SHA256-RSA2048'

/** The parts of an `Authorization` header, as they were sent. */
export interface Authorization {
  readonly mchid: string
  readonly nonce_str: string
  readonly timestamp: string
  readonly serial_no: string
  readonly signature: string
}

const NAMES = ['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature'] as const
const ITEM = /^\s*(\w+)="([^"]*)"\s*$/

/** Each part once, in any order, in double quotes, nothing else; null when it is not so. */
export function parseAuthorization(header: string): Authorization | null {
  if (!header.startsWith(`${SCHEME} `)) return null
  const parts = new Map<string, string>()
  for (const item of header.slice(SCHEME.length + 1).split(',')) {
    const [, name, value] = ITEM.exec(item) ?? []
    if (name === undefined || value === undefined || parts.has(name)) return null
    parts.set(name, value)
  }
  if (parts.size !== NAMES.length || !NAMES.every((name) => parts.get(name))) return null
  const part = (name: (typeof NAMES)[number]) => parts.get(name) ?? ''
  return {
    mchid: part('mchid'),
    nonce_str: part('nonce_str'),
    timestamp: part('timestamp'),
    serial_no: part('serial_no'),
    signature: part('signature'),
  }
}
