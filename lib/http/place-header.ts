/** Where `proxy.ts` writes the address of a page, for actions, which are posted to it and do not see it. */
export const PLACE_HEADER = 'x-shop-place'
