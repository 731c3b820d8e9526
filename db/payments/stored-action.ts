import { z } from 'zod'
import type { BrowserAction } from '#lib/payments/port.ts'

/** What `payment_attempts.action` holds: the same as the port's, with dates as text. */
const StoredAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('redirect'), url: z.string(), expiresAt: z.coerce.date().exactOptional() }),
  z.object({ kind: z.literal('form'), url: z.string(), fields: z.array(z.tuple([z.string(), z.string()])) }),
  z.object({ kind: z.literal('qr'), text: z.string(), expiresAt: z.coerce.date() }),
  z.object({ kind: z.literal('jsapi'), parameters: z.record(z.string(), z.string()), expiresAt: z.coerce.date() }),
])

/** The stored action in the port's words. Null for null; anything else that isn't one throws. */
export const readAction = (stored: unknown): BrowserAction | null =>
  stored === null ? null : StoredAction.parse(stored)
