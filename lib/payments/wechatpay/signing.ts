/** What a request is signed over, with the bytes of its body exactly as they are sent. */
export type RequestToSign = {
  readonly method: 'GET' | 'POST'
  /** Path and query as they travel, percent-encoded. */
  readonly target: string
  /** Seconds since 1970. */
  readonly timestamp: string
  readonly nonce: string
  /** Empty for a request without a body; its line stays. */
  readonly body: string
}

/** The text of a request under its signature. */
export const requestText = ({ method, target, timestamp, nonce, body }: RequestToSign): string =>
  `${method}\n${target}\n${timestamp}\n${nonce}\n${body}\n`

/** What an answer or a notification is signed over: the bytes of its body as they arrived. */
export type MessageToVerify = { readonly timestamp: string; readonly nonce: string; readonly body: Uint8Array }

/** The bytes of an answer or a notification under its signature. */
export const messageBytes = ({ timestamp, nonce, body }: MessageToVerify): Uint8Array =>
  Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')])

/** The text under the signature with which WeChat's own browser is asked to pay. */
export const payText = (call: {
  readonly appId: string
  readonly timestamp: string
  readonly nonce: string
  /** `prepay_id=…` */
  readonly packageText: string
}): string => `${call.appId}\n${call.timestamp}\n${call.nonce}\n${call.packageText}\n`
