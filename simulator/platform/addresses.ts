/** Where the shop and the gateways are, in a world without a network. */
export const PUBLIC_URL = 'https://shop.test'
export const SANDBOX_URL = 'http://127.0.0.1:3220'
