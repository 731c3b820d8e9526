import { randomBytes } from 'node:crypto'
import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { doorOf } from './door-of.ts'
import { withLogFields } from './log-fields.ts'
import { countRequest } from './metrics.ts'

const REQUEST_HEADER = 'x-request-id'
/** No number of ours was ever given by another process. */
const here = randomBytes(5).toString('hex')
let given = 0

/**
 * Gives each request a number, which stands in every line of the log that it causes and in its answer, and counts it by
 * its door. Done at the server itself, so that pages, routes, actions and what Next answers alone are all seen.
 */
export function followRequests(): void {
  const emit: (event: string, ...args: unknown[]) => boolean = Server.prototype.emit
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]) {
    if (event !== 'request') return emit.call(this, event, ...args)
    const [{ url = '', method = '' }, response] = args as [IncomingMessage, ServerResponse]
    const startedAt = performance.now()
    const request = `${here}-${(++given).toString(36)}`
    response.setHeader(REQUEST_HEADER, request)
    response.once('close', () =>
      countRequest(doorOf(url), knownMethod(method), response.statusCode, (performance.now() - startedAt) / 1_000),
    )
    return withLogFields({ request }, () => emit.call(this, event, ...args))
  }
}

const knownMethod = (method: string) => (['GET', 'HEAD', 'POST'].includes(method) ? method : 'other')
