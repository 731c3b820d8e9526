import type { Struck } from '../faults/fault-rules.ts'
import { signBytes } from '../keys/rsa-sha256.ts'
import type { PlatformKey } from './keys.ts'
import type { WechatPayRoom } from './room.ts'
import { messageText } from './signature.ts'

export const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/'
const UNKNOWN_SERIAL = '7D00000000000000000000000000000000000000'

/** The headers that sign an answer or a notification, or spoil it where a fault or the rate of probes says so. */
export function signatureHeaders(
  room: WechatPayRoom,
  body: string,
  key: PlatformKey,
  struck: Struck,
): Record<string, string> {
  if (struck.has('unsigned')) return {}
  const { probeRate } = room.settings.current()
  const offsetSeconds = struck.get('stale') ?? 0
  const timestamp = String(Math.floor(room.clock.now() / 1000) + offsetSeconds)
  const nonce = room.ids.token(32)
  const signer = struck.has('other_key') ? room.keys.strangerKey : key.privateKey
  const signature = signBytes(messageText({ timestamp, nonce, body }), signer)
  const isProbe = struck.has('probe') || (probeRate > 0 && room.ids.chance() < probeRate)
  const spoilt = struck.has('bad_signature') ? flipFirst(signature) : signature
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': struck.has('unknown_serial') ? UNKNOWN_SERIAL : key.serial,
    'Wechatpay-Signature': isProbe ? PROBE_PREFIX + flipFirst(signature) : spoilt,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  }
}

const flipFirst = (signature: string): string => (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)
