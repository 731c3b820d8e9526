const SHAPE = /^[A-Za-z0-9_-]{43}$/

/** True for what can be a secret of ours, a cart's or an order's: 32 bytes in base64url. */
export const isSecret = (text: string): boolean => SHAPE.test(text)
