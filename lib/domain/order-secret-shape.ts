const SHAPE = /^[A-Za-z0-9_-]{43}$/

/** True for what can be an order's secret: 32 bytes in base64url. */
export const isOrderSecret = (text: string): boolean => SHAPE.test(text)
