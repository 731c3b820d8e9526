import 'server-only'
import { createHash, randomBytes } from 'node:crypto'

const sha256 = (text: string) => createHash('sha256').update(text).digest()

/** What the database keeps of a secret. */
export const hashSecret = (secret: string): Buffer => sha256(secret)

/** What the database keeps of a request id: whoever knows the id can open the order, so it is a secret too. */
export const hashRequestId = (requestId: string): Buffer => sha256(`request:${requestId}`)

/** The secret of the browser that placed the order: the same again when it repeats its request, 43 URL-safe characters. */
export const secretOfRequest = (requestId: string): string => sha256(`link:${requestId}`).toString('base64url')

/** A secret for a link that we send ourselves, 43 URL-safe characters. */
export const newOrderSecret = (): string => randomBytes(32).toString('base64url')
