import { createCipheriv } from 'node:crypto'

/** What a merchant signs: five lines, each ended by a newline, the body as its bytes are. */
export function requestText(request: {
  method: string
  /** Path and query exactly as they were sent. */
  target: string
  timestamp: string
  nonce: string
  body: Uint8Array
}): Buffer {
  const { method, target, timestamp, nonce, body } = request
  return Buffer.concat([Buffer.from(`${method}\n${target}\n${timestamp}\n${nonce}\n`), body, Buffer.from('\n')])
}

/** What the platform signs of an answer or a notification: three lines; an empty body leaves an empty line. */
export function messageText(message: { timestamp: string; nonce: string; body: string }): Buffer {
  return Buffer.from(`${message.timestamp}\n${message.nonce}\n${message.body}\n`)
}

export interface Sealed {
  readonly algorithm: 'AEAD_AES_256_GCM'
  readonly ciphertext: string
  readonly associated_data: string
  readonly nonce: string
}

/** AES-256-GCM: the nonce is the IV, the tag stands at the end of the ciphertext. @param nonce 12 ASCII characters */
export function seal(plaintext: string, how: { key: string; nonce: string; associatedData: string }): Sealed {
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(how.key), Buffer.from(how.nonce))
  cipher.setAAD(Buffer.from(how.associatedData))
  const bytes = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: bytes.toString('base64'),
    associated_data: how.associatedData,
    nonce: how.nonce,
  }
}
