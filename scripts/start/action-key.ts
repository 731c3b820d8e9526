import { hkdfSync } from 'node:crypto'

/**
 * What pages seal the arguments of their actions with, as Next wants it: 32 bytes in base64. The same for every build of a
 * shop, so that a form of the release before still reaches its action, and both releases can run at once.
 */
export const actionKey = (authSecret: string): string =>
  Buffer.from(hkdfSync('sha256', authSecret, '', 'actions of pages', 32)).toString('base64')
