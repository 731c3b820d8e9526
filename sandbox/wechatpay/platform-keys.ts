import { newest, type PlatformCertificate, type PlatformKey } from './keys.ts'
import type { WechatPayRoom } from './room.ts'

/** The certificates that can be downloaded now; empty when the merchant is on the public key alone. */
export function listedCertificates({ keys, settings }: WechatPayRoom): readonly PlatformCertificate[] {
  const { platform, rotation } = settings.current()
  if (platform === 'public_key') return []
  return rotation === 'done' ? [newest(keys.certificates())] : keys.certificates().slice(-2)
}

/** @param asked the serial that the merchant named in its request; an answer is signed with the key that it has */
export function answerKey(room: WechatPayRoom, asked: string | null): PlatformKey {
  if (asked === room.keys.publicKey.serial) return room.keys.publicKey
  return asked === null ? anyKey(room) : certificateKey(room)
}

/** What signs a message that nobody asked for. */
export function anyKey(room: WechatPayRoom): PlatformKey {
  const { platform, publicKeyShare } = room.settings.current()
  if (platform === 'public_key') return room.keys.publicKey
  if (platform === 'both' && room.ids.chance() < publicKeyShare) return room.keys.publicKey
  return certificateKey(room)
}

function certificateKey(room: WechatPayRoom): PlatformKey {
  const certificates = room.keys.certificates()
  const { rotation } = room.settings.current()
  const usesOld = rotation === 'announced' || (rotation === 'both' && room.ids.chance() < 0.5)
  return (usesOld ? certificates.at(-2) : undefined) ?? newest(certificates)
}
